import { expect, test } from 'vitest';
import { invitePathIn, packetPath } from '../../lib/domain/sharing/packet-link.ts';
import { spokenCode, teamPath } from '../../lib/domain/sharing/team-link.ts';

const CODE = 'a1B2c3D4e5F6';

test('A pasted link leads to the page that it names, whichever page it is pasted on', () => {
  const packet = `【双11】我的红包在长大，来看看 https://shop.example${packetPath(CODE)} 快来`;
  const team = `https://shop.example/en${teamPath(CODE).replace('?', '/?')}`;
  for (const pathOf of [teamPath, packetPath]) {
    expect(invitePathIn(packet, pathOf)).toBe(`/g?c=${CODE}`);
    expect(invitePathIn(team, pathOf)).toBe(`/t?c=${CODE}`);
  }
});

test('A code alone is meant for the page that asks; what is no code leads nowhere', () => {
  expect(invitePathIn(spokenCode(CODE), packetPath)).toBe(`/g?c=${CODE}`);
  expect(invitePathIn(`口令：${CODE}`, teamPath)).toBe(`/t?c=${CODE}`);
  expect(invitePathIn('没有口令', packetPath)).toBeNull();
});
