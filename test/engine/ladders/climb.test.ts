import { holdTheClimb } from "./ladderTrial.ts";

holdTheClimb("wizamart");
holdTheClimb("billify");
