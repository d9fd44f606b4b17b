/** Words for what became of a delivery, on the page of the inbox and in what its script changes. */
export const DELIVERY_STATES = {
  nl: {
    new: 'nieuw',
    unread: 'nog niet bevestigd',
    overdue: 'te laat',
    acknowledged: 'bevestigd',
    recalled: 'ingetrokken',
    erased: 'vernietigd',
  },
  en: {
    new: 'new',
    unread: 'not acknowledged',
    overdue: 'overdue',
    acknowledged: 'acknowledged',
    recalled: 'recalled',
    erased: 'erased',
  },
} as const

/** The mark of each state; the words beside it say the same. */
export const DELIVERY_TAGS = {
  new: 'released',
  unread: 'waiting',
  overdue: 'overdue',
  acknowledged: 'withheld',
  recalled: 'refused',
  erased: 'withheld',
} as const
