using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Tokens.Payments.Tests.Parts;

/// <summary>The customers of <see cref="StripeStub"/> and the cards kept for them.</summary>
internal sealed class StubCards
{
    internal static readonly string[] Names =
        ["customers.create", "payment_methods.list", "payment_methods.retrieve", "payment_methods.detach", "setup_intents.create"];

    private readonly Lock _lock = new();
    private readonly List<string> _customers = [];
    private readonly List<Card> _cards = [];

    /// <summary>Those that exist, oldest first.</summary>
    public string[] Customers
    {
        get
        {
            lock (_lock)
            {
                return [.. _customers];
            }
        }
    }

    /// <summary>Makes a payment method of a card and has it kept for the customer, as its holder does by Stripe.js.</summary>
    /// <returns>The payment method's id.</returns>
    public string Keep(string customer, string number, int expYear = 2031)
    {
        var id = Make(number, expYear);
        Attach(id, customer);
        return id;
    }

    /// <summary>Makes a payment method.</summary>
    /// <param name="number">Stands for the card's number: equal ones have one fingerprint.</param>
    /// <param name="expYear">The year of its expiry.</param>
    /// <returns>Its id.</returns>
    public string Make(string number, int expYear = 2031)
    {
        lock (_lock)
        {
            var card = new Card($"pm_kept_{_cards.Count + 1}", number, expYear);
            _cards.Add(card);
            return card.Id;
        }
    }

    /// <summary>Has a payment method kept for the customer.</summary>
    public void Attach(string id, string customer)
    {
        lock (_lock)
        {
            _cards.Find(card => card.Id == id)!.Customer = customer;
        }
    }

    /// <summary>Deletes the customer, as an operator does in Stripe's dashboard.</summary>
    public void Delete(string customer)
    {
        lock (_lock)
        {
            _customers.Remove(customer);
            _cards.FindAll(card => card.Customer == customer).ForEach(card => card.Customer = null);
        }
    }

    /// <summary>What is kept for the customer, oldest first.</summary>
    public string[] KeptFor(string customer)
    {
        lock (_lock)
        {
            return [.. _cards.Where(card => card.Customer == customer).Select(card => card.Id)];
        }
    }

    /// <summary>Why a payment can't be made for the customer by the payment method; null when it can.</summary>
    internal (int Status, string Body)? Refusal(string? customer, string method)
    {
        lock (_lock)
        {
            return !string.IsNullOrEmpty(customer) && !_customers.Contains(customer) ? NoSuchCustomer(customer)
                : _cards.Exists(card => card.Id == method && card.Customer is null)
                    ? (400, StripeStub.Error("invalid_request_error", "It was detached.", "payment_method", "payment_method_unactivated"))
                    : null;
        }
    }

    internal (int Status, string Body) Carry(string name, HttpContext context, IFormCollection? form)
    {
        lock (_lock)
        {
            return name switch
            {
                "customers.create" => Create(),
                "payment_methods.list" => List(context.Request.Query),
                "payment_methods.retrieve" => Retrieve((string)context.Request.RouteValues["id"]!),
                "payment_methods.detach" => Detach((string)context.Request.RouteValues["id"]!),
                _ => SetUp(form!["customer"].ToString()),
            };
        }
    }

    private (int Status, string Body) Create()
    {
        var id = $"cus_{_customers.Count + 1}_{Guid.CreateVersion7():N}";
        _customers.Add(id);
        return Ok(new { id, @object = "customer" });
    }

    private (int Status, string Body) List(IQueryCollection query)
    {
        var customer = query["customer"].ToString();
        if (!_customers.Contains(customer))
        {
            return NoSuchCustomer(customer);
        }

        var kept = Enumerable.Reverse(_cards).Where(card => card.Customer == customer).ToList();
        var from = 0;
        if (query["starting_after"].ToString() is { Length: > 0 } after)
        {
            from = kept.FindIndex(card => card.Id == after) + 1;
            if (from == 0)
            {
                return (400, StripeStub.Error("invalid_request_error", "No such payment_method.", "starting_after", "resource_missing"));
            }
        }

        var limit = int.Parse(query["limit"].ToString(), CultureInfo.InvariantCulture);
        return Ok(new { data = kept.Skip(from).Take(limit).Select(card => card.ToJson()), has_more = kept.Count > from + limit });
    }

    private (int Status, string Body) Retrieve(string id) => _cards.Find(card => card.Id == id) is { } card ? Ok(card.ToJson())
        : id.StartsWith("pm_card_", StringComparison.Ordinal) ? Ok(new Card(id, id, expYear: 2031).ToJson())
        : (404, StripeStub.Error("invalid_request_error", "No such PaymentMethod.", "payment_method", "resource_missing"));

    private (int Status, string Body) Detach(string id)
    {
        if (_cards.Find(card => card.Id == id) is not { Customer: not null } card)
        {
            return (400, StripeStub.Error("invalid_request_error", "It is not attached.", "payment_method"));
        }

        card.Customer = null;
        return Ok(card.ToJson());
    }

    private (int Status, string Body) SetUp(string customer) => _customers.Contains(customer)
        ? Ok(new { id = "seti_1", @object = "setup_intent", client_secret = "seti_1_secret", status = "requires_payment_method" })
        : NoSuchCustomer(customer);

    private static (int Status, string Body) NoSuchCustomer(string id) =>
        (400, StripeStub.Error("invalid_request_error", $"No such customer: '{id}'", "customer", "resource_missing"));

    private static (int Status, string Body) Ok(object body) => (200, JsonSerializer.Serialize(body));

    private sealed class Card(string id, string number, int expYear)
    {
        public string Id { get; } = id;

        public string? Customer { get; set; }

        public object ToJson() => new
        {
            id = Id,
            @object = "payment_method",
            created = 1_767_225_600,
            customer = Customer,
            card = new { brand = "visa", last4 = "4242", exp_month = 12, exp_year = expYear, fingerprint = number },
        };
    }
}
