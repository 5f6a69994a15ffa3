import { type Call, pageOf } from '../../call.ts';
import { userIdOf } from '../../callers.ts';
import { isoSeconds } from '../../instant.ts';
import type { Parameters, QueryOperations } from '../../protocols/query.ts';
import type { Ghost } from '../../scenario.ts';
import { type AccountState, ghostsOf, leaveGhost } from '../../state.ts';
import { NotSimulated, Refusal } from '../../wire.ts';
import { joinXml, noXml, type Xml, xml } from '../../xml.ts';
import { featureOperations } from './features.ts';
import { accountSummary } from './summary.ts';

/** IAM of a member's root user, and what the callers at home need (IAM API Reference). */
export const iamOperations: QueryOperations = {
  ...featureOperations,
  GetAccountSummary(call) {
    // It has no resource: policies see `*` (Service Authorization Reference, IAM).
    call.authorize({ action: 'iam:GetAccountSummary', resource: '*' });
    return accountSummary(call.principal.account, call.nowMs);
  },
  GetUser: getUser,
  GetLoginProfile(call, parameters) {
    const { root } = rootFor(call, 'GetLoginProfile', parameters);
    const profile = root.loginProfile ?? shown(call).find(({ loginProfile }) => loginProfile)?.loginProfile;
    if (profile === undefined) throw noLoginProfile;
    return loginProfileXml(profile.createdAt);
  },
  CreateLoginProfile(call, parameters) {
    const account = rootFor(call, 'CreateLoginProfile', parameters);
    // It names the account, although GetLoginProfile says "User null" (recorded 2026-09).
    if (account.root.loginProfile)
      throw new Refusal('EntityAlreadyExists', 409, `Login Profile for account ${account.id} already exists.`);
    account.root.ghosts = account.root.ghosts.filter(({ loginProfile }) => loginProfile === undefined);
    account.root.loginProfile = { createdAt: isoSeconds(call.nowMs) };
    call.changed();
    return loginProfileXml(account.root.loginProfile.createdAt);
  },
  DeleteLoginProfile(call, parameters) {
    const account = rootFor(call, 'DeleteLoginProfile', parameters);
    const { loginProfile } = account.root;
    if (loginProfile === undefined) throw noLoginProfile;
    refuseForAWhile(call, 'Login Profile for User null cannot be modified while login profile is being created.');
    account.root.loginProfile = undefined;
    leaveGhost(call.state, account, 'loginProfile', { loginProfile }, call.nowMs);
    call.changed();
    return noXml;
  },
  ListAccessKeys(call, parameters) {
    const { root } = rootFor(call, 'ListAccessKeys', parameters);
    const keys = [...root.accessKeys, ...shown(call).flatMap(({ accessKey }) => accessKey ?? [])];
    return listXml(
      call,
      parameters,
      'AccessKeyMetadata',
      keys.map(
        ({ id, status, createdAt }) =>
          xml`<AccessKeyId>${id}</AccessKeyId><Status>${status}</Status><CreateDate>${createdAt}</CreateDate>`,
      ),
    );
  },
  GetAccessKeyLastUsed(call, parameters) {
    const { root } = rootFor(call, 'GetAccessKeyLastUsed', parameters);
    const id = required(parameters, 'AccessKeyId');
    const key =
      root.accessKeys.find((one) => one.id === id) ??
      shown(call).find(({ accessKey }) => accessKey?.id === id)?.accessKey;
    if (key === undefined) throw noSuchEntity(`The Access Key with id ${id} cannot be found.`);
    // A key that was never used has no date, and N/A for the rest (API Reference, AccessKeyLastUsed).
    const { lastUsed } = key;
    return lastUsed
      ? xml`<AccessKeyLastUsed><LastUsedDate>${lastUsed.at}</LastUsedDate><ServiceName>${lastUsed.service}</ServiceName><Region>${lastUsed.region}</Region></AccessKeyLastUsed>`
      : xml`<AccessKeyLastUsed><ServiceName>N/A</ServiceName><Region>N/A</Region></AccessKeyLastUsed>`;
  },
  DeleteAccessKey(call, parameters) {
    const account = rootFor(call, 'DeleteAccessKey', parameters);
    const id = required(parameters, 'AccessKeyId');
    const accessKey = account.root.accessKeys.find((one) => one.id === id);
    if (accessKey === undefined) throw noSuchEntity(`The Access Key with id ${id} cannot be found.`);
    account.root.accessKeys = account.root.accessKeys.filter((one) => one !== accessKey);
    leaveGhost(call.state, account, 'accessKeys', { accessKey }, call.nowMs);
    call.changed();
    return noXml;
  },
  ListSigningCertificates(call, parameters) {
    const { root } = rootFor(call, 'ListSigningCertificates', parameters);
    const all = [...root.signingCertificates, ...shown(call).flatMap((ghost) => ghost.signingCertificate ?? [])];
    return listXml(
      call,
      parameters,
      'Certificates',
      all.map(
        ({ id, status, uploadedAt }) =>
          xml`<UserName>root</UserName><CertificateId>${id}</CertificateId><CertificateBody>${certificateBody}</CertificateBody><Status>${status}</Status><UploadDate>${uploadedAt}</UploadDate>`,
      ),
    );
  },
  DeleteSigningCertificate(call, parameters) {
    const account = rootFor(call, 'DeleteSigningCertificate', parameters);
    const id = required(parameters, 'CertificateId');
    const signingCertificate = account.root.signingCertificates.find((one) => one.id === id);
    if (signingCertificate === undefined) throw noSuchEntity(`The Certificate with id ${id} cannot be found.`);
    account.root.signingCertificates = account.root.signingCertificates.filter((one) => one !== signingCertificate);
    leaveGhost(call.state, account, 'signingCertificates', { signingCertificate }, call.nowMs);
    call.changed();
    return noXml;
  },
  ListMFADevices(call, parameters) {
    const { root } = rootFor(call, 'ListMFADevices', parameters);
    const devices = [...root.mfaDevices, ...shown(call).flatMap(({ mfaDevice }) => mfaDevice ?? [])];
    return listXml(
      call,
      parameters,
      'MFADevices',
      devices.map(
        ({ serialNumber, enabledAt }) =>
          xml`<SerialNumber>${serialNumber}</SerialNumber><EnableDate>${enabledAt}</EnableDate>`,
      ),
    );
  },
  DeactivateMFADevice(call, parameters) {
    const account = rootFor(call, 'DeactivateMFADevice', parameters);
    const serialNumber = required(parameters, 'SerialNumber');
    const mfaDevice = account.root.mfaDevices.find((one) => one.serialNumber === serialNumber);
    if (mfaDevice === undefined) throw noSuchEntity(`MFA Device with serial number ${serialNumber} does not exist.`);
    refuseForAWhile(call, 'MFA Device cannot be modified while it is being changed.');
    account.root.mfaDevices = account.root.mfaDevices.filter((one) => one !== mfaDevice);
    leaveGhost(call.state, account, 'mfaDevices', { mfaDevice }, call.nowMs);
    call.changed();
    return noXml;
  },
  DeleteVirtualMFADevice(call, parameters) {
    // The resource is the device, which no root task allows: its documents name only `…:root`.
    const serialNumber = required(parameters, 'SerialNumber');
    call.authorize({ action: 'iam:DeleteVirtualMFADevice', resource: serialNumber });
    throw noSuchEntity(`VirtualMFADevice with serial number ${serialNumber} doesn't exist.`);
  },
};

/** The account whose root user the call is about. @throws Refusal; NotSimulated for the credentials of users and roles. */
function rootFor(call: Call, operation: string, parameters: Parameters): AccountState {
  const { state, principal } = call;
  const { account } = principal;
  const user = parameters['UserName'];
  const isRoot = principal.kind === 'root' || principal.kind === 'root-session';
  const resource = user
    ? `arn:${state.partition}:iam::${account.id}:user/${user}`
    : isRoot
      ? rootArn(call)
      : principal.arn;
  call.authorize({ action: `iam:${operation}`, resource });
  if (user) throw noSuchEntity(`The user with name ${user} cannot be found.`);
  if (!isRoot) throw new NotSimulated(`the credentials of ${principal.arn}, only those of root users`);
  return account;
}

function getUser(call: Call, parameters: Parameters): Xml {
  const { principal, state } = call;
  const { account, arn } = principal;
  const wanted = parameters['UserName'];
  if (principal.kind === 'root' || principal.kind === 'root-session') {
    const { root } = rootFor(call, 'GetUser', parameters);
    const lastUsed = root.passwordLastUsedAt
      ? xml`<PasswordLastUsed>${root.passwordLastUsedAt}</PasswordLastUsed>`
      : noXml;
    // No UserName and no Path (recorded 2026-09).
    return xml`<User>${lastUsed}<CreateDate>${root.createdAt}</CreateDate><UserId>${account.id}</UserId><Arn>${rootArn(call)}</Arn></User>`;
  }
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  const resource = wanted ? `arn:${state.partition}:iam::${account.id}:user/${wanted}` : arn;
  call.authorize({ action: 'iam:GetUser', resource });
  if (principal.kind === 'role' && wanted === undefined)
    throw new Refusal('ValidationError', 400, 'Must specify userName when calling with non-User credentials');
  if (wanted !== undefined && wanted !== name) throw noSuchEntity(`The user with name ${wanted} cannot be found.`);
  return xml`<User><Path>/</Path><UserName>${name}</UserName><UserId>${userIdOf(principal)}</UserId><Arn>${arn}</Arn><CreateDate>${account.joinedAt}</CreateDate></User>`;
}

const rootArn = ({ state, principal }: Call): string => `arn:${state.partition}:iam::${principal.account.id}:root`;

/** What the lists still show although it is gone. */
const shown = ({ principal, nowMs }: Call): readonly Ghost[] =>
  ghostsOf(principal.account, nowMs).filter(({ untilMs }) => untilMs > nowMs);

function refuseForAWhile({ strike }: Call, message: string): void {
  if (strike('temporarily-unmodifiable')) throw new Refusal('EntityTemporarilyUnmodifiable', 409, message);
}

/** Marker, IsTruncated and MaxItems, as in every list of IAM's; 100 items a page unless the scenario says fewer. */
function listXml({ state }: Call, parameters: Parameters, name: string, items: readonly Xml[]): Xml {
  const asked = Number(parameters['MaxItems'] ?? 100);
  if (!(asked >= 1 && asked <= 1000)) throw new Refusal('ValidationError', 400, `MaxItems must be between 1 and 1000`);
  const page = pageOf(items, parameters['Marker'], Math.min(asked, state.behaviour.iamPageSize ?? 100));
  if (page === undefined) throw new Refusal('ValidationError', 400, 'Invalid Marker.');
  const members = joinXml(page.items.map((item) => xml`<member>${item}</member>`));
  const marker = page.next === undefined ? noXml : xml`<Marker>${page.next}</Marker>`;
  const tag = xml`${name}`;
  return xml`<IsTruncated>${page.next !== undefined}</IsTruncated>${marker}<${tag}>${members}</${tag}>`;
}

const loginProfileXml = (createdAt: string): Xml =>
  xml`<LoginProfile><CreateDate>${createdAt}</CreateDate><PasswordResetRequired>false</PasswordResetRequired></LoginProfile>`;

function required(parameters: Parameters, name: string): string {
  const value = parameters[name];
  if (value === undefined || value === '')
    throw new Refusal(
      'ValidationError',
      400,
      `1 validation error detected: Value null at '${name.charAt(0).toLowerCase()}${name.slice(1)}' failed to satisfy constraint: Member must not be null`,
    );
  return value;
}

const noSuchEntity = (message: string): Refusal => new Refusal('NoSuchEntity', 404, message);
const noLoginProfile = noSuchEntity('Login Profile for User null cannot be found.');

const certificateBody = '-----BEGIN CERTIFICATE-----\nc2ltdWxhdGVkIGJ5IHJvb3RjdGw=\n-----END CERTIFICATE-----';
