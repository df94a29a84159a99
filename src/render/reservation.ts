import type { Reservation } from "../sizing/reserve.ts";
import type { Style } from "./style.ts";
import { renderTable, section, wrap } from "./table.ts";
import { money, price } from "./words.ts";

/** What a month costs whoever commits to the sizes that are always there. */
export function renderReservation(reservation: Reservation, style: Style): string {
	const { sold, term, lines, savedUsd, monthlyUsd } = reservation;
	if (!sold) return "\nReserved: this provider sells no commitments; the list price is what everybody pays.\n";
	const rows = lines.map(({ component, sku, nodes, listUsd, reservedUsd, mark, readAt }) => [
		component,
		nodes === 1 ? sku : `${nodes} x ${sku}`,
		price(listUsd),
		reservedUsd === null ? "not known" : `${money(reservedUsd)} [${mark}]`,
		readAt ?? "",
	]);
	const head = ["what", "size", "list $/month", "reserved", "read"];
	const table = renderTable({ head, rows, right: [2, 3], flex: 1 }, style);
	const unknown = lines.some(({ reservedUsd }) => reservedUsd === null)
		? " What has no confirmed reserved price stays at its list price."
		: "";
	const last = `${money(savedUsd)} a month less, ${money(monthlyUsd)} in all.${unknown}`;
	return [...section(`Reserved (${term})`, table, style), "", wrap(last, style.width), ""].join("\n");
}
