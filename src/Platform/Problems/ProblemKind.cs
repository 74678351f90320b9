namespace Tokens.Platform.Problems;

/// <summary>What went wrong, as a client tells it apart.</summary>
/// <param name="Status">HTTP status, 400 to 599.</param>
/// <param name="Code">Stable code in snake case; the document's <c>type</c> is <c>urn:tokens:{code}</c>.</param>
/// <param name="Title">Short sentence for people; the same for every occurrence unless the problem names a fault.</param>
public sealed record ProblemKind(int Status, string Code, string Title)
{
    /// <summary>400: the body can't be read.</summary>
    public static readonly ProblemKind InvalidRequest = new(400, "invalid_request", "Bad Request");

    /// <summary>400: a field is missing or wrong.</summary>
    public static readonly ProblemKind ValidationFailed = new(400, "validation_failed", "Validation failed");

    /// <summary>401: no sign-in, or one that is expired, forged or meant for others.</summary>
    public static readonly ProblemKind Unauthenticated = new(401, "unauthenticated", "Authentication required");

    /// <summary>403: the caller lacks a role.</summary>
    public static readonly ProblemKind Forbidden = new(403, "forbidden", "Forbidden");

    /// <summary>403: a request that a cookie signs in didn't prove that it comes from a page of the session.</summary>
    public static readonly ProblemKind CsrfFailed = new(403, "csrf_failed", "CSRF token missing or invalid");

    /// <summary>404: no such route or object.</summary>
    public static readonly ProblemKind NotFound = new(404, "not_found", "Resource not found");

    /// <summary>405: the route exists with other verbs, which <c>Allow</c> names.</summary>
    public static readonly ProblemKind MethodNotAllowed = new(405, "method_not_allowed", "Method not allowed");

    /// <summary>408: the client didn't send its request in time.</summary>
    public static readonly ProblemKind RequestTimeout = new(408, "request_timeout", "Request timed out");

    /// <summary>409: the first request with this idempotency key is still running.</summary>
    public static readonly ProblemKind IdempotencyInProgress =
        new(409, "idempotency_in_progress", "A request with this idempotency key is still running");

    /// <summary>409: the object changed meanwhile.</summary>
    public static readonly ProblemKind Conflict = new(409, "conflict", "Conflict");

    /// <summary>413: the body is larger than the route allows.</summary>
    public static readonly ProblemKind PayloadTooLarge = new(413, "payload_too_large", "Request body too large");

    /// <summary>415: the body isn't UTF-8 JSON.</summary>
    public static readonly ProblemKind UnsupportedMediaType = new(415, "unsupported_media_type", "Unsupported media type");

    /// <summary>422: the idempotency key came before with another payload.</summary>
    public static readonly ProblemKind IdempotencyKeyReused =
        new(422, "idempotency_key_reused", "Idempotency key reused with a different request");

    /// <summary>429: a limit is used up; <c>Retry-After</c> says for how long.</summary>
    public static readonly ProblemKind RateLimited = new(429, "rate_limited", "Too Many Requests");

    /// <summary>431: the request's headers are larger than allowed.</summary>
    public static readonly ProblemKind HeadersTooLarge = new(431, "headers_too_large", "Request headers too large");

    /// <summary>500: a bug.</summary>
    public static readonly ProblemKind InternalError = new(500, "internal_error", "Internal Server Error");

    /// <summary>503: the database can't be reached.</summary>
    public static readonly ProblemKind DatabaseUnavailable = new(503, "database_unavailable", "Service unavailable");

    /// <summary>503: a queue is full.</summary>
    public static readonly ProblemKind Overloaded = new(503, "overloaded", "Service busy");

    /// <summary>503: operations have switched this off; <c>detail</c> says what members should know.</summary>
    public static readonly ProblemKind SwitchedOff = new(503, "switched_off", "Switched off");

    /// <summary>The kind that stands for a bare status, as the framework sets it.</summary>
    public static ProblemKind FromStatus(int status) => status switch
    {
        400 => InvalidRequest,
        401 => Unauthenticated,
        403 => Forbidden,
        404 => NotFound,
        405 => MethodNotAllowed,
        408 => RequestTimeout,
        409 => Conflict,
        413 => PayloadTooLarge,
        415 => UnsupportedMediaType,
        429 => RateLimited,
        431 => HeadersTooLarge,
        >= 400 and < 500 => new ProblemKind(status, "invalid_request", "Bad Request"),
        503 => Overloaded,
        _ => InternalError with { Status = status },
    };
}
