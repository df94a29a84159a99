import { holdAllPairs } from "./ladderTrial.ts";

holdAllPairs("plotpro");
