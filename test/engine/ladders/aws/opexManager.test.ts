import { holdAllPairs } from "../ladderTrial.ts";

holdAllPairs("opex-manager", "aws");
