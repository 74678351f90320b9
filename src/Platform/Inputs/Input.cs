using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Tokens.Platform.Problems;

namespace Tokens.Platform.Inputs;

/// <summary>The parameter of an endpoint that takes <typeparamref name="T"/>; <see cref="RefuseBadInput"/> answers when it is wrong.</summary>
public sealed class Input<T> : IBoundInput, IEndpointParameterMetadataProvider
    where T : IInput<T>
{
    private static readonly InputDescription Description = InputDescription.Of<T>();

    private readonly T? _value;

    private Input(T value, IdempotencyKey? key)
    {
        _value = value;
        Key = key;
    }

    private Input(Problem problem) => Problem = problem;

    /// <summary>The request; reading it while <see cref="Problem"/> is set is a bug.</summary>
    public T Value => Problem is null
        ? _value!
        : throw new InvalidOperationException("The route's group must refuse bad input before its handler runs.");

    /// <summary>The request's idempotency key; null when it carries none.</summary>
    public IdempotencyKey? Key { get; }

    /// <inheritdoc />
    public Problem? Problem { get; }

    /// <summary>Reads the request; never throws for what a client sent.</summary>
    public static async ValueTask<Input<T>> BindAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (Description.HasTarget && !RequestTarget.HasUtf8Path(context))
        {
            return new Input<T>(RequestTarget.PathNotUtf8);
        }

        using var body = Description.HasBody
            ? await JsonBody.ReadAsync(context, mayBeMissing: !Description.NeedsBody)
            : JsonBody.Empty;
        if (body.Problem is not null)
        {
            return new Input<T>(body.Problem);
        }

        var reader = new InputReader(context, body.Root);
        foreach (var parameter in Description.HasTarget ? RequestTarget.ParametersNotUtf8(context) : [])
        {
            reader.Faults.Add(parameter, "Invalid query parameter", $"{parameter} must be percent-encoded UTF-8.");
        }

        var value = T.Read(reader);
        var key = Description.TakesKey ? reader.ReadKey() : null;
        return reader.Faults.ToProblem() is { } problem ? new Input<T>(problem) : new Input<T>(value, key);
    }

    static void IEndpointParameterMetadataProvider.PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        builder.Metadata.Add(Description);
        if (Description.HasBody)
        {
            builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T)));
        }
    }
}
