namespace Tokens.Testing.Products;

/// <summary>A running product and its storage, shared by tests that each make members and keys of their own.</summary>
public abstract class ProductFixture
{
    private Storage? _storage;
    private RunningProduct? _product;

    /// <summary>The running product.</summary>
    public RunningProduct Product => _product ?? throw new InvalidOperationException("The fixture hasn't started.");

    /// <summary>The product's storage.</summary>
    public Storage Storage => _storage ?? throw new InvalidOperationException("The fixture hasn't started.");

    /// <summary>Settings beside the storage's.</summary>
    protected virtual IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>();

    /// <summary>Starts it.</summary>
    public async Task InitializeAsync()
    {
        _storage = await CreateStorageAsync();
        _product = await RunningProduct.StartAsync(_storage, Settings);
    }

    /// <summary>Stops it and removes what it stored.</summary>
    public async Task DisposeAsync()
    {
        if (_product is not null)
        {
            await _product.DisposeAsync();
        }

        if (_storage is not null)
        {
            await _storage.DisposeAsync();
        }
    }

    /// <summary>A new member, signed in through the gateway.</summary>
    public Task<TestMember> SignInAsync(bool isCreator = false, string? name = null, params string[] roles) =>
        TestMember.SignInAsync(Product.Gateway, isCreator, name, roles);

    /// <summary>A new member with that many tokens, given by an administrator.</summary>
    public async Task<TestMember> SignInWithAsync(long tokens, bool isCreator = false)
    {
        var member = await SignInAsync(isCreator);
        using var admin = await SignInAsync(roles: "tokens-admin");
        var answer = await admin.PostAsync(
            "/api/tokens/admin/adjustments", new { memberId = member.Id, tokens, reason = "a start for the test" });
        return answer.Status == 200 ? member : throw new InvalidOperationException(answer.Text);
    }

    /// <summary>Where the product keeps its rows.</summary>
    protected abstract Task<Storage> CreateStorageAsync();
}
