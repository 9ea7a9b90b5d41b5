import { opsChecks, opsOpenSale } from '../../lib/contracts/check.ts';
import { accept } from '../../lib/domain/result.ts';
import { operatorActor } from '../ops/orders.ts';
import type { Database } from '../platform/database.ts';
import { handle, type Route } from '../platform/door.ts';
import { openSale, readChecks } from './sale-stop.ts';

/** What operators see of the checker, and how they open a sale again. */
export function checkRoutes({ db }: { db: Database }): Route[] {
  return [
    handle(opsChecks, async () => accept(await readChecks(db))),
    handle(opsOpenSale, (request, { shopperId }) => openSale(db, request, operatorActor(shopperId))),
  ];
}
