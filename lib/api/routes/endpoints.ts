import type { Endpoint } from '@/lib/api/endpoint'
import { keyEndpoints } from './keys'
import { mediaEndpoints } from './media'
import { requestEndpoints } from './requests'
import { serviceKeyEndpoints } from './service-keys'

/** Everything that an integrator's program may ask for with its key, but for the hot paths. */
export const endpoints: readonly Endpoint[] = [
  ...keyEndpoints,
  ...serviceKeyEndpoints,
  ...requestEndpoints,
  ...mediaEndpoints,
]
