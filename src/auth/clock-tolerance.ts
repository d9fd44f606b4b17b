/**
 * Tolerated difference between the clocks of a client and the gateway: `iat` and `nbf` may lie this far ahead. FAPI 2.0 Security
 * Profile §5.3.2.1 asks to accept up to 10 seconds and to refuse more than 60; everything above 10 is refused here.
 */
export const CLOCK_TOLERANCE_SECONDS = 10
