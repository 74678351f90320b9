using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Routing.Patterns;
using Tokens.Host.Tests.Fuzz;
using Tokens.Platform.Inputs;
using Tokens.Testing.Products;

namespace Tokens.Host.Tests.Errors;

/// <summary>Calls of the API's own routes with values that every rule of their fields lets pass.</summary>
internal static class RouteCalls
{
    /// <summary>All routes that the gateway forwards.</summary>
    internal static IReadOnlyList<FuzzRoute> Of(RunningProduct product) =>
    [
        .. FuzzRoute.Of(product).Where(route => route.Name is not ("Nowhere" or "Beside" or "Page" or "Docs") && !IsOfOperations(route)),
    ];

    /// <summary>Calls a route.</summary>
    /// <param name="client">Leads to the gateway.</param>
    /// <param name="route">The route.</param>
    /// <param name="token">Signs the call in.</param>
    /// <param name="other">The id that every field of another member or object has.</param>
    internal static async Task<Answer> SendAsync(HttpClient client, FuzzRoute route, string token, Guid other)
    {
        var path = string.Concat(route.Pattern.PathSegments.Select(segment => "/" + string.Concat(segment.Parts.Select(part =>
            part is RoutePatternLiteralPart literal ? literal.Content : InPath(route, ((RoutePatternParameterPart)part).Name, other)))));
        using var request = new HttpRequestMessage(new HttpMethod(route.Method), path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (route.HasBody)
        {
            request.Content = Body(JsonSerializer.Serialize(
                route.Fields.Where(field => field is { Place: FieldPlace.Body, Required: true }).ToDictionary(field => field.Name, field => Value(field, other))));
        }

        return await Answer.ReadAsync(await client.SendAsync(request));
    }

    internal static StringContent Body(string json) => new(json, Encoding.UTF8, "application/json");

    private static bool IsOfOperations(FuzzRoute route) =>
        route.Pattern.RawText is "/metrics"
        || route.Pattern.RawText!.StartsWith("/ops", StringComparison.Ordinal)
        || route.Pattern.RawText.StartsWith("/internal/", StringComparison.Ordinal);

    private static string InPath(FuzzRoute route, string name, Guid other) =>
        route.Fields.FirstOrDefault(field => field.Place == FieldPlace.Route && field.Name == name)?.Choices?.First() ?? other.ToString();

    private static object Value(FieldDescription field, Guid id) => field.Type switch
    {
        FieldType.Id => id,
        FieldType.WholeNumber => field.Name == "tokenAmount" ? 50 : Math.Max(1, field.Minimum ?? 1),
        FieldType.Flag => true,
        // A text that can't be a code is refused without the database.
        FieldType.Text when field.Name == "giftCardCode" => Guid.NewGuid().ToString(),
        FieldType.List => new[] { field.Items.ToDictionary(item => item.Name, item => Value(item, id)) },
        _ => field.Choices?.First() ?? new string('p', Math.Max(3, field.LengthMinimum ?? 0)),
    };
}
