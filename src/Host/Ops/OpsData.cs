using Microsoft.Extensions.Options;
using Tokens.Host.Ops.Signals;
using Tokens.Host.Roles;

namespace Tokens.Host.Ops;

/// <summary>Reads what the page shows, once for all pages that ask at the same time: it asks every dependency and module.</summary>
internal sealed class OpsData(OpsSources sources, SignalHistory history, IOptions<OpsOptions> options, TimeProvider time)
{
    private readonly SharedRead<GetOpsData.Response> _read =
        new(() => GetOpsData.ReadAsync(sources, history, options.Value, time, CancellationToken.None));

    internal Task<GetOpsData.Response> ReadAsync(CancellationToken cancellationToken) => _read.ReadAsync(cancellationToken);
}
