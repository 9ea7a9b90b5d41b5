import { createHmac, randomUUID } from 'node:crypto';
import { betterAuth } from 'better-auth';
import { admin, anonymous, phoneNumber, twoFactor } from 'better-auth/plugins';
import { createAccessControl } from 'better-auth/plugins/access';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../lib/domain/time.ts';
import type { Database } from '../platform/database.ts';
import type { Log } from '../platform/log.ts';

const SESSION_MS = 30 * DAY_MS;

export type AuthDeps = {
  readonly db: Database;
  readonly log: Log;
  readonly secret: string;
  readonly publicUrl: string;
  /** Sends the second factor of a member of staff. */
  readonly sendSecondFactor: (person: { email: string }, code: string) => Promise<void>;
  /** Called when the anonymous shopper of this browser turns out to be `personId`. */
  readonly onClaim: (anonymousId: string, personId: string) => Promise<void>;
};

/**
 * Grants let our own verifier speak to the library: a phone whose code we have just consumed gets a random ticket,
 * good once and in this process only. Nothing else signs a phone in, and `/api/auth/*` is not mounted.
 */
function phoneGrants() {
  const open = new Map<string, string>();
  return {
    give(phone: string): string {
      const grant = randomUUID();
      open.set(grant, phone);
      return grant;
    },
    take(phone: string, grant: string): boolean {
      const isOurs = open.get(grant) === phone;
      open.delete(grant);
      return isOurs;
    },
  };
}

/** Cookie names: `__Host-` binds a cookie to this host and to https; browsers refuse the prefix on plain http. */
function cookieNames(publicUrl: string) {
  const isSecure = publicUrl.startsWith('https://');
  const prefix = isSecure ? '__Host-' : '';
  return {
    isSecure,
    session: `${prefix}festa_session`,
    secondFactor: `${prefix}festa_second`,
    code: `${prefix}festa_code`,
  };
}

const access = createAccessControl({ user: ['create', 'set-role', 'ban'], session: ['revoke'] });

/** better-auth on our tables and under our names; called from this room's handlers only. */
export function openAuth({ db, log, secret, publicUrl, sendSecondFactor, onClaim }: AuthDeps) {
  const names = cookieNames(publicUrl);
  const grants = phoneGrants();
  const attributes = { secure: names.isSecure, httpOnly: true, sameSite: 'lax', path: '/' } as const;
  const api = betterAuth({
    baseURL: publicUrl,
    basePath: '/not-mounted',
    // The installation's secret signs other things too; each use has a key of its own.
    secret: createHmac('sha256', secret).update('identity').digest('base64url'),
    database: db.pool,
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    logger: { level: 'error', log: (_level, message) => log.error({ room: 'identity' }, message) },
    emailAndPassword: { enabled: true, disableSignUp: true, autoSignIn: false },
    user: {
      modelName: 'person',
      fields: {
        name: 'display_name',
        emailVerified: 'email_verified',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
      additionalFields: {
        locale: { type: 'string', defaultValue: 'zh-CN', input: false },
        isDemo: { type: 'boolean', defaultValue: false, input: false, fieldName: 'is_demo' },
      },
    },
    session: {
      modelName: 'person_session',
      expiresIn: SESSION_MS / SECOND_MS,
      updateAge: DAY_MS / SECOND_MS,
      fields: {
        userId: 'person_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    account: {
      modelName: 'person_credential',
      fields: {
        accountId: 'account_id',
        providerId: 'provider_id',
        userId: 'person_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    verification: {
      modelName: 'person_verification',
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    advanced: {
      // Addresses of phones are personal data that nothing here needs.
      ipAddress: { disableIpTracking: true },
      useSecureCookies: false,
      cookiePrefix: 'festa',
      defaultCookieAttributes: attributes,
      cookies: { session_token: { name: names.session }, two_factor: { name: names.secondFactor } },
    },
    plugins: [
      anonymous({
        // An empty name makes the library write an English one; a blank is trimmed where a person is read.
        generateName: () => ' ',
        emailDomainName: 'anonymous.invalid',
        schema: { user: { fields: { isAnonymous: 'is_anonymous' } } },
        onLinkAccount: ({ anonymousUser, newUser }) => onClaim(anonymousUser.user.id, newUser.user.id),
      }),
      phoneNumber({
        schema: { user: { fields: { phoneNumber: 'phone_number', phoneNumberVerified: 'phone_number_verified' } } },
        sendOTP: () => {
          throw new Error('Codes are made and sent by server/identity/codes.ts');
        },
        verifyOTP: async ({ phoneNumber: phone, code }) => grants.take(phone, code),
        signUpOnVerification: {
          getTempEmail: () => `${randomUUID()}@phone.invalid`,
          getTempName: () => '',
        },
      }),
      admin({
        defaultRole: 'shopper',
        adminRoles: ['operator'],
        ac: access,
        roles: {
          operator: access.newRole({ user: ['create', 'set-role', 'ban'], session: ['revoke'] }),
          marketer: access.newRole({}),
          clerk: access.newRole({}),
          shopper: access.newRole({}),
        },
        schema: {
          user: { fields: { banReason: 'ban_reason', banExpires: 'ban_expires' } },
          session: { fields: { impersonatedBy: 'impersonated_by' } },
        },
      }),
      twoFactor({
        twoFactorCookieMaxAge: (10 * MINUTE_MS) / SECOND_MS,
        otpOptions: {
          period: 5,
          digits: 6,
          allowedAttempts: 5,
          storeOTP: 'hashed',
          sendOTP: ({ user, otp }) => sendSecondFactor(user, otp),
        },
        schema: {
          user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
          twoFactor: {
            modelName: 'two_factor',
            fields: {
              backupCodes: 'backup_codes',
              userId: 'person_id',
              failedVerificationCount: 'failed_verification_count',
              lockedUntil: 'locked_until',
            },
          },
        },
      }),
    ],
  });
  return { ...api, names, attributes, grants };
}

export type Auth = ReturnType<typeof openAuth>;
