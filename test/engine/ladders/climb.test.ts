import { holdTheClimb } from "./ladderTrial.ts";

holdTheClimb("wizamart");
holdTheClimb("billify");
holdTheClimb("plotpro");
holdTheClimb("opex-manager");
holdTheClimb("django");
