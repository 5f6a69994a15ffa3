import { type Call, pageOf } from '../../call.ts';
import { type RestXmlAnswer, restXmlAnswer } from '../../protocols/rest-xml.ts';
import type { Bucket } from '../../scenario.ts';
import { type AccountState, readPolicy } from '../../state.ts';
import { NotSimulated, Refusal, type SandboxRequest } from '../../wire.ts';
import { joinXml, noXml, type Xml, xml } from '../../xml.ts';
import type { Operation } from '../service.ts';

interface S3Request {
  readonly operation: 'ListBuckets' | 'GetBucketPolicy' | 'PutBucketPolicy' | 'DeleteBucketPolicy';
  readonly bucket: string | undefined;
}

/** @param hostBucket from a virtual-hosted address. @throws NotSimulated */
export function readS3(request: SandboxRequest, hostBucket: string | undefined): Operation {
  const asked = s3RequestOf(request, hostBucket);
  const { operation, bucket } = asked;
  return {
    name: operation,
    parameters: bucket === undefined ? {} : { Bucket: bucket },
    perform: (call, requestId) => restXmlAnswer(callS3(call, asked), requestId),
  };
}

/** S3 API Reference: which operation a method, an address and a query mean. @throws NotSimulated */
function s3RequestOf(request: SandboxRequest, hostBucket: string | undefined): S3Request {
  const [, first = '', ...rest] = request.path.split('/');
  const bucket = hostBucket ?? (first === '' ? undefined : decodeURIComponent(first));
  const key = hostBucket === undefined ? rest.join('/') : [first, ...rest].join('/');
  const onPolicy = Object.hasOwn(request.query, 'policy') && bucket !== undefined && key === '';
  if (request.method === 'GET' && bucket === undefined) return { operation: 'ListBuckets', bucket };
  if (onPolicy && request.method === 'GET') return { operation: 'GetBucketPolicy', bucket };
  if (onPolicy && request.method === 'PUT') return { operation: 'PutBucketPolicy', bucket };
  if (onPolicy && request.method === 'DELETE') return { operation: 'DeleteBucketPolicy', bucket };
  const subresource = Object.keys(request.query).find((name) => (request.query[name] ?? '') === '');
  throw new NotSimulated(`S3's ${request.method} ${request.path}${subresource === undefined ? '' : `?${subresource}`}`);
}

function callS3(call: Call, { operation, bucket: name }: S3Request): RestXmlAnswer {
  if (operation === 'ListBuckets') return { xml: listBuckets(call) };
  const { account, bucket } = bucketNamed(call, name ?? '');
  const resource = `arn:${call.state.partition}:s3:::${bucket.name}`;
  call.authorize({
    action: `s3:${operation}`,
    resource,
    owner: account,
    resourcePolicy: bucket.policy === undefined ? undefined : readPolicy(bucket.policy),
  });
  if (account.id !== call.principal.account.id) throw new Refusal('AccessDenied', 403, 'Access Denied');
  switch (operation) {
    case 'GetBucketPolicy':
      if (bucket.policy === undefined)
        throw new Refusal('NoSuchBucketPolicy', 404, 'The bucket policy does not exist', {
          fields: { BucketName: bucket.name },
        });
      return { text: typeof bucket.policy === 'string' ? bucket.policy : JSON.stringify(bucket.policy) };
    case 'PutBucketPolicy':
      bucket.policy = policyFrom(call, bucket);
      call.changed();
      return undefined;
    case 'DeleteBucketPolicy':
      // Deleting a policy that is not there succeeds (API Reference, DeleteBucketPolicy: 204).
      delete bucket.policy;
      call.changed();
      return undefined;
  }
}

function listBuckets(call: Call): Xml {
  const { account } = call.principal;
  const { query } = call.request;
  call.authorize({ action: 's3:ListAllMyBuckets', resource: '*' });
  const region = one(query['bucket-region']);
  const buckets = account.buckets.filter((bucket) => region === undefined || bucket.region === region);
  const page = pageOf(buckets, one(query['continuation-token']), Number(one(query['max-buckets']) ?? 10_000));
  if (page === undefined) throw new Refusal('InvalidArgument', 400, 'The continuation token provided is incorrect');
  const items = page.items.map(
    (bucket) =>
      xml`<Bucket><Name>${bucket.name}</Name><CreationDate>${bucket.createdAt ?? call.state.createdAt}</CreationDate><BucketRegion>${bucket.region}</BucketRegion></Bucket>`,
  );
  const token = page.next === undefined ? noXml : xml`<ContinuationToken>${page.next}</ContinuationToken>`;
  return xml`<ListAllMyBucketsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Owner><ID>${call.state.derive('canonical-user', account.id).toString('hex')}</ID></Owner><Buckets>${joinXml(items)}</Buckets>${token}</ListAllMyBucketsResult>`;
}

const one = (value: string | string[] | null | undefined): string | undefined =>
  (Array.isArray(value) ? value[0] : value) ?? undefined;

function bucketNamed(call: Call, name: string): { account: AccountState; bucket: Bucket } {
  const account = call.state.accountsByBucket.get(name);
  const bucket = account?.buckets.find((candidate) => candidate.name === name);
  if (account === undefined || bucket === undefined)
    throw new Refusal('NoSuchBucket', 404, 'The specified bucket does not exist', { fields: { BucketName: name } });
  if (bucket.region !== call.region)
    throw new Refusal(
      'PermanentRedirect',
      301,
      'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
      {
        fields: { Endpoint: `${name}.s3.${bucket.region}.amazonaws.com`, Bucket: name },
        headers: { 'x-amz-bucket-region': bucket.region },
      },
    );
  return { account, bucket };
}

const policyBytesMax = 20 * 1024;

/** Valid JSON, at most 20 KB, about this bucket (S3 User Guide, "Bucket policies"). */
function policyFrom({ request, state }: Call, bucket: Bucket): string {
  const text = Buffer.from(request.body).toString();
  const malformed = (message: string) => new Refusal('MalformedPolicy', 400, message);
  if (request.body.byteLength > policyBytesMax) throw malformed('Policy exceeds the maximum allowed document size.');
  const document = readPolicy(text);
  if ('unreadable' in document) throw malformed('This policy contains invalid Json');
  const arn = `arn:${state.partition}:s3:::${bucket.name}`;
  for (const { resources, principals } of document.statements) {
    if (principals === null) throw malformed('Missing required field Principal');
    if (
      resources?.match === 'only' &&
      !resources.patterns.every((one) => one === arn || one.startsWith(`${arn}/`) || one === '*')
    )
      throw malformed('Policy has invalid resource');
  }
  return text;
}
