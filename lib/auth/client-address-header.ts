/** The header in which the console's server names the client's address; it overwrites whatever a client sends. */
export const clientAddressHeader = 'x-keyturn-client-address'
