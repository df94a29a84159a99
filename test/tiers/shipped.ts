/** Ladders that come with the project. Tests that hold figures are about these; a team's own is tried as it is. */
export const SHIPPED: readonly string[] = ["billify", "django", "opex-manager", "plotpro", "wizamart"];
