export const APPLY = "";
