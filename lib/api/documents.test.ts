import { createLocalJWKSet, jwtVerify } from 'jose'
import { expect, test } from 'vitest'
import { audience, insertSigner, issuer, secretOf } from '@/lib/verify/testing/rows'
import { until } from '@/lib/verify/testing/until'
import { testApi } from './testing/test-api'

const { sql, running, signer, key } = await testApi()
const signers = [signer, await insertSigner(sql)]
await until(() => running.keeper.list.signingKeys().length === signers.length)

test('anyone can check a Secret with the published keys', async () => {
  const response = await fetch(`${running.url}/.well-known/jwks.json`)
  const set = await response.json()
  expect(set.keys.map((key: { kid: string }) => key.kid).sort()).toEqual(signers.map(({ kid }) => kid).sort())
  expect(JSON.stringify(set)).not.toContain('"d"')
  for (const signer of signers) {
    const { payload } = await jwtVerify(secretOf(key, signer), createLocalJWKSet(set), {
      issuer,
      audience,
      typ: 'keyturn-secret+jwt',
      algorithms: ['EdDSA'],
    })
    expect(Object.keys(payload)).toEqual(['client_id', 'client_secret', 'iat', 'exp', 'iss', 'aud'])
  }
})

test('the OpenAPI document lists every route', async () => {
  const response = await fetch(`${running.url}/openapi.json`)
  const document = await response.json()
  expect(document.openapi).toBe('3.1.0')
  expect(Object.keys(document.paths).sort()).toEqual([
    '/.well-known/jwks.json',
    '/docs',
    '/healthz',
    '/openapi.json',
    '/readyz',
    '/v1/authz/auth-request',
    '/v1/authz/ext-authz/{path}',
    '/v1/authz/forward-auth',
    '/v1/keys',
    '/v1/keys/{id}',
    '/v1/keys:verify',
    '/v1/media',
    '/v1/media/{id}',
    '/v1/media/{id}/content',
    '/v1/requests',
    '/v1/service-keys',
    '/v1/service-keys/{id}',
    '/v1/service-keys/{id}:disable',
    '/v1/service-keys/{id}:enable',
    '/v1/service-keys/{id}:rotate',
    '/v1/whoami',
  ])
  const verify = document.paths['/v1/keys:verify'].post
  expect(verify.requestBody.content['application/json'].schema).toEqual({
    $ref: '#/components/schemas/VerifyQuestion',
  })
  expect(document.components.schemas.VerifyQuestion).toMatchObject({
    required: ['key'],
    additionalProperties: false,
  })
  expect(document.components.securitySchemes).toMatchObject({
    bearer: { type: 'http' },
    apiKey: { in: 'header' },
  })
})
