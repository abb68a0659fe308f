import { GraphQLError, type GraphQLFormattedError } from 'graphql';

export type ErrorType = 'NOT_FOUND' | 'FORBIDDEN' | 'UNPROCESSABLE';

/** A refusal in GitHub's form: its `type` stands beside the message. */
export function refusal(type: ErrorType, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } });
}

/** An error as GitHub sends it. */
export function errorShape(error: GraphQLError): GraphQLFormattedError & { readonly type?: unknown } {
  const { type, ...extensions } = error.extensions;
  return {
    ...(type !== undefined && { type }),
    ...(error.path && { path: error.path }),
    ...(Object.keys(extensions).length > 0 && { extensions }),
    ...(error.locations && { locations: error.locations }),
    message: error.message,
  };
}
