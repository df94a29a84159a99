import { holdAllPairs } from "./ladderTrial.ts";

holdAllPairs("django");
