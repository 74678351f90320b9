using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tokens.Testing;

namespace Tokens.Host.Tests.Redis;

/// <summary>The issuer of this machine's server certificate; only processes whose environment names its own certificate trust it.</summary>
internal sealed class PrivateIssuer : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    internal PrivateIssuer()
    {
        using var issuerKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var issuer = new CertificateRequest("CN=Private issuer", issuerKey, HashAlgorithmName.SHA256);
        issuer.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var (from, until) = (TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        using var issuerCertificate = issuer.CreateSelfSigned(from, until);

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var server = new CertificateRequest("CN=Redis", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        server.CertificateExtensions.Add(names.Build());
        // An address without a listener, as behind a firewall.
        server.CertificateExtensions.Add(CertificateRevocationListBuilder.BuildCrlDistributionPointExtension(["http://127.0.0.1:1/list.crl"]));
        using var certificate = server.Create(issuerCertificate, from, until, [1]);

        File.WriteAllText(Trusted, issuerCertificate.ExportCertificatePem());
        File.WriteAllText(Certificate, certificate.ExportCertificatePem());
        File.WriteAllText(Key, key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>What <c>SSL_CERT_FILE</c> is set to by who believes the issuer.</summary>
    internal string Trusted => _directory.File("issuer.pem");

    /// <summary>The server's.</summary>
    internal string Certificate => _directory.File("server.pem");

    internal string Key => _directory.File("server.key");

    public void Dispose() => _directory.Dispose();
}
