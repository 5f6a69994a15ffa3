import { describe, expect, test } from 'vitest';
import { openNetwork, proxyFor, readCaBundle, readProxies } from '../../src/aws/network.ts';
import { problemOf } from '../../src/problems/index.ts';
import { createAuthority } from '../support/certificates.ts';

const chosen = (env: Record<string, string>, address: string): string | null => {
  const { protocol, hostname, port } = new URL(address);
  const network = { ...openNetwork, ...readProxies(env) };
  const proxy = proxyFor(network, { protocol, hostname, ...(port === '' ? {} : { port: Number(port) }) });
  return proxy === null ? null : proxy.url.href;
};
const sts = 'https://sts.us-east-1.amazonaws.com';

describe('which proxy, as the AWS CLI chooses it', () => {
  test.each<[string, Record<string, string>, string, string | null]>([
    ['https:// by HTTPS_PROXY', { HTTPS_PROXY: 'http://p:1', HTTP_PROXY: 'http://q:2' }, sts, 'http://p:1/'],
    [
      'http:// by HTTP_PROXY',
      { HTTPS_PROXY: 'http://p:1', HTTP_PROXY: 'http://q:2' },
      'http://a.example',
      'http://q:2/',
    ],
    ['https:// not by HTTP_PROXY', { HTTP_PROXY: 'http://q:2' }, sts, null],
    ['nothing by ALL_PROXY', { ALL_PROXY: 'http://q:2', all_proxy: 'http://q:2' }, sts, null],
    ['small letters win', { HTTPS_PROXY: 'http://p:1', https_proxy: 'http://q:2' }, sts, 'http://q:2/'],
    ['an empty one in small letters switches off', { HTTPS_PROXY: 'http://p:1', https_proxy: '' }, sts, null],
    ['without a scheme it is http://', { HTTPS_PROXY: 'p.example:3128' }, sts, 'http://p.example:3128/'],
    ['with slashes only, too', { HTTPS_PROXY: '//p.example:3128' }, sts, 'http://p.example:3128/'],
    ['an https:// proxy', { HTTPS_PROXY: 'https://p.example' }, sts, 'https://p.example/'],
    ['an IPv6 proxy', { HTTPS_PROXY: 'http://[::1]:3128' }, sts, 'http://[::1]:3128/'],
    ['its user is kept out of the address', { HTTPS_PROXY: 'http://u:p@p.example:1' }, sts, 'http://p.example:1/'],
    [
      'HTTP_PROXY of a CGI program is its client’s',
      { HTTP_PROXY: 'http://q:2', REQUEST_METHOD: 'GET' },
      'http://a.example',
      null,
    ],
    ['loopback is no exception', { HTTPS_PROXY: 'http://p:1' }, 'https://127.0.0.1:8443', 'http://p:1/'],
  ])('%s', (_name, env, address, proxy) => {
    expect(chosen(env, address)).toBe(proxy);
  });
});

describe('NO_PROXY', () => {
  const straight = (entries: string, address = sts): boolean =>
    chosen({ HTTPS_PROXY: 'http://p:1', HTTP_PROXY: 'http://p:1', NO_PROXY: entries }, address) === null;

  test.each<[string, string, string]>([
    ['the host', 'sts.us-east-1.amazonaws.com', sts],
    ['whatever the case', 'STS.US-EAST-1.AmazonAWS.com', sts],
    ['a domain above', 'amazonaws.com', sts],
    ['a domain above with a dot', '.amazonaws.com', sts],
    ['with a star', '*.amazonaws.com', sts],
    ['everything', '*', sts],
    ['one of several', 'example.com, amazonaws.com', sts],
    ['the host with its port', 'sts.us-east-1.amazonaws.com:443', sts],
    ['a domain with a port', '.example.com:8443', 'https://a.example.com:8443'],
    ['an address', '10.0.0.7', 'https://10.0.0.7'],
    ['an IPv6 address', '::1', 'https://[::1]:8443'],
    ['an IPv6 address in brackets, with its port', '[::1]:8443', 'https://[::1]:8443'],
  ])('%s goes straight', (_name, entries, address) => {
    expect(straight(entries, address)).toBe(true);
  });

  test.each<[string, string, string]>([
    ['another host', 'iam.amazonaws.com', sts],
    ['a longer name with the same end', 'onaws.com', sts],
    ['a host below', 'a.sts.us-east-1.amazonaws.com', sts],
    ['another port', 'sts.us-east-1.amazonaws.com:8443', sts],
    ['nothing', ' , ', sts],
    ['a dot', '.', sts],
  ])('%s does not', (_name, entries, address) => {
    expect(straight(entries, address)).toBe(false);
  });

  test('in small letters it wins', () => {
    expect(chosen({ HTTPS_PROXY: 'http://p:1', NO_PROXY: '*', no_proxy: '' }, sts)).toBe('http://p:1/');
  });
});

test('a proxy that cannot be is refused without repeating what may be its password', () => {
  for (const address of [
    'http://u:secret@',
    'ftp://u:secret@p:1',
    'http://u:secret@p:99999',
    'http://u:%zzsecret@p:1',
  ]) {
    let error: unknown;
    try {
      readProxies({ HTTPS_PROXY: address });
    } catch (caught) {
      error = caught;
    }
    expect(problemOf(error)).toMatchObject({ code: 'InvalidNetworkSetting', data: { setting: 'HTTPS_PROXY' } });
    expect(String(error)).not.toContain('secret');
  }
});

const from = { setting: 'AWS_CA_BUNDLE', profile: null, path: 'ca.pem' };

test('a bundle is its certificates, whatever stands between them', () => {
  const [one, two] = [createAuthority('one').cert, createAuthority('two').cert];
  expect(readCaBundle(`# one\n${one}\n# two\r\n${two}`, from).match(/BEGIN/gu)).toHaveLength(2);
  expect(() => readCaBundle('', from)).toThrow('InvalidNetworkSetting');
});
