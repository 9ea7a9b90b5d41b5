import { pushAgree, pushHome, pushStop, pushStopAll } from '../../lib/contracts/push.ts';
import { accept } from '../../lib/domain/result.ts';
import { handle, type Route } from '../platform/door.ts';
import type { PushDevices } from './push-devices.ts';

export function outreachRoutes({ devices }: { devices: PushDevices }): Route[] {
  return [
    handle(pushHome, (_request, { shopperId }) => devices.home(shopperId)),
    handle(pushAgree, (request, { shopperId }) => devices.agree(shopperId, request)),
    handle(pushStop, async ({ endpoint }) => {
      await devices.stop(endpoint);
      return accept({});
    }),
    handle(pushStopAll, async (_request, { shopperId }) => {
      await devices.stopAll(shopperId);
      return accept({});
    }),
  ];
}
