import { holdTheClimb } from "../ladderTrial.ts";

holdTheClimb("opex-manager", "aws");
