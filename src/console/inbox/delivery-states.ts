/** Words for what became of a delivery, on the page of the inbox and in what its script changes. */
export const DELIVERY_STATES = {
  nl: {
    new: 'nieuw',
    unread: 'ongelezen',
    overdue: 'te laat',
    acknowledged: 'bevestigd',
    recalled: 'ingetrokken',
    erased: 'vernietigd',
  },
  en: {
    new: 'new',
    unread: 'unread',
    overdue: 'overdue',
    acknowledged: 'acknowledged',
    recalled: 'recalled',
    erased: 'erased',
  },
} as const
