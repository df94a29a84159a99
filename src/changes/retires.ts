import { RETIRABLE } from "../words.ts";

/** Whether retiring a component ends a resource: its own name, the plural of it, or one that begins with either. */
export function retires(component: string, resource: string): boolean {
	return [component, `${component}s`].some((each) => resource === each || resource.startsWith(`${each}-`));
}

/** Name by which `retire` ends a resource; null = it belongs to no component that is kept, and goes by itself. */
export function retiredAs(resource: string): string | null {
	return RETIRABLE.find((each) => retires(each, resource)) ?? null;
}
