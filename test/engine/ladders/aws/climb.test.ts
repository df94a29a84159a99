import { holdTheClimb } from "../ladderTrial.ts";

holdTheClimb("wizamart", "aws");
holdTheClimb("billify", "aws");
holdTheClimb("plotpro", "aws");
holdTheClimb("opex-manager", "aws");
holdTheClimb("django", "aws");
