using CloudLb.Core;
using CloudLb.Core.Accounts;
using CloudLb.Core.Certificates;
using CloudLb.Core.Resources;
using CloudLb.Elb.Domain;
using CloudLb.Iam.Certificates;
using CloudLb.Storage.Sqlite;
using CloudLb.Tests.Api.Storage;

namespace CloudLb.Tests.Api.Certificates;

/// <summary>Certificates in the database, and their keys under the key file.</summary>
public sealed class SqliteCertificateTests : IDisposable
{
    private static readonly AccountId Account = new("123456789012");
    private static readonly TestCertificate Made = TestCertificate.SelfSigned();

    private readonly SqliteStoreFolder _folder = new();
    private readonly ChangeSignal _changes = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string KeyFile => Path.Combine(_folder.Path, "certificates.key");

    public void Dispose()
    {
        _changes.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_was_answered_is_there_after_a_restart()
    {
        var certificate = await CreateAsync("web");

        using var store = _folder.Open(_changes);

        Assert.Equal(certificate, store.Current.Certificates.Find(Account, "web"));
        Assert.Equal($"{Made.Pem}\n{Made.KeyPem}\n", new CertificateSource(store, store).ReadPem(certificate.Id));
    }

    [Fact]
    public async Task A_private_key_is_nowhere_in_clear()
    {
        await CreateAsync("web");
        var line = Made.KeyPem.Split('\n')[3];

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
        foreach (var file in Directory.EnumerateFiles(_folder.Path))
        {
            Assert.DoesNotContain(line, await File.ReadAllTextAsync(file, Token), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Secrets_are_sealed_and_unsealed_by_many_threads_at_once()
    {
        using var store = _folder.Open(_changes);

        // Each text is another: a wrong one would be seen. Six threads, as calls come.
        await Parallel.ForEachAsync(Enumerable.Range(0, 6), Token, (thread, _) =>
        {
            for (var number = 0; number < 5_000; number++)
            {
                var (owner, text) = ($"AKIA{thread}", $"secret {thread} {number}");
                Assert.Equal(text, store.Unseal(owner, store.Seal(owner, text)));
            }

            return ValueTask.CompletedTask;
        });
    }

    [Fact]
    public async Task A_lost_key_file_is_told_and_not_made_anew()
    {
        await CreateAsync("web");
        File.Delete(KeyFile);

        var refusal = Assert.Throws<DatabaseRefusedException>(() => _folder.Open(_changes));

        Assert.StartsWith($"{KeyFile} is missing, and without it the private keys", refusal.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(KeyFile));
    }

    [Fact]
    public async Task Another_key_file_is_told_and_left()
    {
        await CreateAsync("web");
        var other = Convert.ToBase64String(new byte[32]);
        await File.WriteAllTextAsync(KeyFile, other, Token);

        var refusal = Assert.Throws<DatabaseRefusedException>(() => _folder.Open(_changes));

        Assert.StartsWith($"{KeyFile} is not the key that the private keys", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(other, await File.ReadAllTextAsync(KeyFile, Token));
    }

    [Fact]
    public async Task A_sealed_key_fits_its_own_certificate_alone()
    {
        await CreateAsync("a");
        await CreateAsync("b");
        _folder.Execute(
            """
            update resource
            set    document = json_set(document, '$.privateKey', (select document ->> '$.privateKey' from resource where document ->> '$.name' = 'a'))
            where  document ->> '$.name' = 'b'
            """);

        Assert.Throws<DatabaseRefusedException>(() => _folder.Open(_changes));
    }

    [Fact]
    public async Task Creating_a_listener_and_deleting_its_certificate_never_both_succeed()
    {
        using var store = _folder.Open(_changes);
        for (var round = 0; round < 50; round++)
        {
            var certificate = await store.CreateCertificateAsync(New($"web{round}", store), new(), Token);
            var key = SampleLoadBalancer.Key($"web{round}");
            var creation = store.CreateAsync(
                key,
                snapshot => snapshot.Certificates.Find(certificate.Id) is null
                    ? throw new ServiceException("CertificateNotFound", 400, "gone")
                    : SampleLoadBalancer.Full(key) with
                    {
                        Listeners =
                        [
                            new()
                            {
                                Protocol = ListenerProtocol.HTTPS, LoadBalancerPort = 443, InstanceProtocol = ListenerProtocol.HTTP,
                                InstancePort = 80,
                                CertificateId = certificate.Id,
                            },
                        ],
                    },
                Token);
            var deletion = store.DeleteCertificateAsync(Account, certificate.Name, Token);
            var creationFault = await Record.ExceptionAsync(() => creation);
            var deletionFault = await Record.ExceptionAsync(() => deletion);

            Assert.True(creationFault is null != deletionFault is null);
            Assert.Equal(creationFault is null, store.Current.Certificates.Find(certificate.Id) is not null);
        }
    }

    private async Task<ServerCertificate> CreateAsync(string name)
    {
        using var store = _folder.Open(_changes);
        return await store.CreateCertificateAsync(New(name, store), new(), Token);
    }

    private static ServerCertificate New(string name, ITextSealer sealer, string? id = null) => new()
    {
        Id = id ??= ServerCertificate.NewId(),
        Account = Account,
        Name = name,
        Path = "/",
        Body = Made.Pem,
        PrivateKey = sealer.Seal(id, Made.KeyPem),
        UploadDate = DateTimeOffset.UnixEpoch,
        Expiration = DateTimeOffset.UnixEpoch.AddYears(90),
        Tags = [new("k", "v")],
    };
}
