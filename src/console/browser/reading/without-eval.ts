import { z } from 'zod'

// zod would try to compile its schemas, which the policy of the page forbids and reports. Imported before every schema.
z.config({ jitless: true })
