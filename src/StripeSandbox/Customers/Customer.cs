using Tokens.StripeSandbox.Storage;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.Customers;

/// <summary>Whom payment methods are kept for.</summary>
internal sealed record Customer
{
    public required string Id { get; init; }

    public required long Created { get; init; }

    public string? Email { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    /// <summary>Whether the customer was deleted: retrieving it says so, and every other call calls it unknown.</summary>
    public bool IsDeleted { get; init; }

    /// <summary>The customer that a path names, else 404.</summary>
    internal static Customer Get(DbSession session, string id) =>
        FindExisting(session, id) ?? throw new StripeErrorException(StripeError.NoSuch("customer", id, "id", status: 404));

    /// <summary>The customer that a path names, deleted or not, else 404.</summary>
    internal static Customer GetOrDeleted(DbSession session, string id) =>
        Find(session, id) ?? throw new StripeErrorException(StripeError.NoSuch("customer", id, "id", status: 404));

    /// <summary>The customer that a parameter names; null without the parameter.</summary>
    internal static Customer? Named(DbSession session, Parameters parameters) => parameters.NonEmptyText("customer") is { } id
        ? Require(session, id)
        : null;

    /// <summary>The customer that a parameter or another object names.</summary>
    internal static Customer Require(DbSession session, string id) =>
        FindExisting(session, id) ?? throw new StripeErrorException(StripeError.NoSuch("customer", id, "customer"));

    internal static Customer? FindExisting(DbSession session, string id) =>
        Find(session, id) is { IsDeleted: false } customer ? customer : null;

    internal void Insert(DbSession session) => session.Execute(
        "INSERT INTO customers (id, created, document) VALUES ($id, $created, $document)",
        ("$id", Id),
        ("$created", Created),
        ("$document", StripeJson.Write(this)));

    internal void Update(DbSession session) => session.Execute(
        "UPDATE customers SET document = $document WHERE id = $id", ("$id", Id), ("$document", StripeJson.Write(this)));

    internal Customer With(Parameters parameters) => this with
    {
        Email = parameters.Text("email") ?? Email,
        Name = parameters.Text("name") ?? Name,
        Description = parameters.Text("description") ?? Description,
        Metadata = Wire.Metadata.Merge(Metadata, parameters),
    };

    private static Customer? Find(DbSession session, string id) =>
        session.Scalar<string>("SELECT document FROM customers WHERE id = $id", ("$id", id)) is { } document
            ? StripeJson.Read<Customer>(document)
            : null;
}
