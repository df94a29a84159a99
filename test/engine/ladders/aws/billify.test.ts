import { holdAllPairs } from "../ladderTrial.ts";

holdAllPairs("billify", "aws");
