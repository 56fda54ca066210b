/** Characters of a reason, asked with or answered with; apart from the inputs, whose schema library no browser should load. */
export const longestReason = 500
