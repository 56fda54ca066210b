/** Characters of a reason; apart from the inputs, whose schema library no browser should load. */
export const longestReason = 500
