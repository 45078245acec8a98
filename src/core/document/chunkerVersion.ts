/** Raise it whenever readers or chunker make other passages of the same document: indexes made before are then indexed anew. */
export const chunkerVersion = 2;
