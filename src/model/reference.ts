/** `${name.property}`: an output, before there is one. */
export function reference(name: string, property: string): string {
	return `\${${name}.${property}}`;
}
