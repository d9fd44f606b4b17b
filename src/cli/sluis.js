#!/usr/bin/env node
import './check-node.js'

// Not a static import: that would be read before the check runs.
import('./main.ts')
