/** Whose notices, in which of their organizations; the door has checked the membership. */
export type Reader = { userId: string; organizationId: string }
