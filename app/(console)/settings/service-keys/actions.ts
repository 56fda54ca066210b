'use server'

import { action } from '@/lib/action'
import { done } from '@/lib/outcome'
import { deleteKey } from '@/lib/service-keys/delete'
import { deleteMany } from '@/lib/service-keys/delete-many'
import { disable } from '@/lib/service-keys/disable'
import { disableMany } from '@/lib/service-keys/disable-many'
import { edit } from '@/lib/service-keys/edit'
import { enable } from '@/lib/service-keys/enable'
import { findByDigest } from '@/lib/service-keys/find-by-digest'
import { generate } from '@/lib/service-keys/generate'
import {
  deleteInput,
  deleteManyInput,
  disableManyInput,
  editInput,
  findByDigestInput,
  generateInput,
  rotateInput,
  searchServiceUsersInput,
  serviceKeyInput,
} from '@/lib/service-keys/inputs'
import { rotate } from '@/lib/service-keys/rotate'
import { searchServiceUsers as search } from '@/lib/service-keys/search-service-users'

export const generateServiceKey = action('service-keys:generate', generateInput, (input, actor) =>
  generate(input, actor),
)

export const editServiceKey = action('service-keys:edit', editInput, (input, actor) => edit(input, actor))

export const rotateServiceKey = action('service-keys:rotate', rotateInput, (input, actor) =>
  rotate(input, actor),
)

export const enableServiceKey = action('service-keys:enable', serviceKeyInput, (input, actor) =>
  enable(input, actor),
)

export const disableServiceKey = action('service-keys:disable', serviceKeyInput, (input, actor) =>
  disable(input, actor),
)

export const deleteServiceKey = action('service-keys:delete', deleteInput, (input, actor) =>
  deleteKey(input, actor),
)

export const disableServiceKeys = action('service-keys:disable', disableManyInput, (input, actor) =>
  disableMany(input, actor),
)

export const deleteServiceKeys = action('service-keys:delete', deleteManyInput, (input, actor) =>
  deleteMany(input, actor),
)

export const searchServiceUsers = action(
  'service-keys:read',
  searchServiceUsersInput,
  async ({ text }, actor) => done({ serviceUsers: await search(actor.organizationId, text) }),
)

/** The digest of a pasted key comes in; the key itself stays in the browser. */
export const findServiceKey = action('service-keys:read', findByDigestInput, async ({ digest }, actor) =>
  done({ found: await findByDigest(actor.organizationId, digest) }),
)
