using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tokens.Platform.Inputs;
using Tokens.Platform.Problems;

namespace Tokens.Platform.Tests.Inputs;

/// <summary>Reads one request as a route would.</summary>
internal static class Read
{
    internal static (T Value, Problem? Problem) Body<T>(string json, Func<FieldReader, T> read)
    {
        using var document = JsonDocument.Parse(json);
        var input = new InputReader(new DefaultHttpContext(), document.RootElement.Clone());
        return (read(input.Body), input.Faults.ToProblem());
    }

    internal static (T Value, Problem? Problem) Query<T>(string query, Func<FieldReader, T> read)
    {
        var context = new DefaultHttpContext();
        context.Request.QueryString = new QueryString("?" + query);
        var input = new InputReader(context, body: null);
        return (read(input.Query), input.Faults.ToProblem());
    }

    internal static Dictionary<string, List<string>> Errors(this Problem? problem) =>
        (Dictionary<string, List<string>>)problem.ShouldNotBeNull().Members.Single(member => member.Key == "errors").Value!;
}
