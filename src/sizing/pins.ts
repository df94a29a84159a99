import { type Problem, problem } from "../errors.ts";
import type { Component } from "./blueprint.ts";
import type { SizingRequest } from "./request.ts";

/** Keys of pins whose value is a whole number. */
export const NUMBERS: readonly string[] = ["count", "storageGb", "standbyNodes", "poolSize"];

/** What is wrong with the values of pins: whole numbers where numbers are meant, text where a SKU is. */
export function checkPins(request: SizingRequest): Problem[] {
	return request.pins.flatMap(({ path, value }) => {
		const key = path.split(".").at(-1) ?? path;
		if (NUMBERS.includes(key)) {
			const least = key === "standbyNodes" ? 0 : 1;
			const good = typeof value === "number" && Number.isInteger(value) && value >= least;
			return good
				? []
				: [problem(`must be a whole number of at least ${least}, found ${JSON.stringify(value)}`, { key: path })];
		}
		return typeof value === "string" || key === "version"
			? []
			: [problem(`must be a size in quotes, found ${value}`, { key: path })];
	});
}

/** Pins that hold nothing: the tier has no such role. They are told, so that nobody trusts them. */
export function idlePins(request: SizingRequest, components: readonly Component[]): string[] {
	return request.pins.flatMap(({ path }) => {
		const role = path.split(".")[0];
		return components.some((component) => component.role === role)
			? []
			: [`pin ${path} holds nothing: the tier has no ${role}.`];
	});
}
