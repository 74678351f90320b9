namespace Tokens.Platform.Problems;

/// <summary>What a status that was set without a body means to whoever reads it.</summary>
public static class BareStatus
{
    /// <summary>The problem that stands for the status, 400 to 599.</summary>
    public static Problem ToProblem(int status) => new(ProblemKind.FromStatus(status), status switch
    {
        400 => "The request can't be read.",
        401 => "Sign in: send a valid bearer token.",
        403 => "The sign-in lacks the role that this needs.",
        404 => "There is nothing at this address.",
        405 => "This address takes other methods; the header Allow names them.",
        408 => "The request took too long to arrive.",
        413 => "The body is larger than this route takes.",
        415 => "Send the body as application/json in UTF-8.",
        >= 500 => "Something went wrong on our side. It has been recorded.",
        _ => "The request can't be answered.",
    });
}
