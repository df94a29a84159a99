import { holdAllPairs } from "../ladderTrial.ts";

holdAllPairs("wizamart", "aws");
