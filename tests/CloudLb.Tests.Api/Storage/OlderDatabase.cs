using CloudLb.Core.Accounts;
using CloudLb.Elb.Domain;
using CloudLb.Storage.Sqlite;
using Dapper;

namespace CloudLb.Tests.Api.Storage;

/// <summary>Makes a database as an older release did: with its schema, and rows as it wrote them.</summary>
internal static class OlderDatabase
{
    public const string CertificateId = "ASCAOLDEROLDEROLDER00";

    public static readonly AccountId Account = new("123456789012");

    private const string CertificateDocument = """
        {"id":"ASCAOLDEROLDEROLDER00","account":"123456789012","name":"web","path":"/site/",
        "body":"-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----",
        "uploadDate":"2026-03-01T12:00:00+00:00","expiration":"2027-03-01T12:00:00+00:00","tags":[{"key":"k","value":"v"}]}
        """;

    public static void Make(SqliteStoreFolder folder, int version, int changes = 0)
    {
        using var connection = folder.Connect();
        connection.Execute("pragma journal_mode = wal");
        var assembly = typeof(Schema).Assembly;
        var scripts = assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Order();
        foreach (var name in scripts.Take(version))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            connection.Execute(reader.ReadToEnd());
        }

        connection.Execute($"pragma application_id = {Schema.ApplicationId}; pragma user_version = {version}");
        for (var number = 0; number < 2; number++)
        {
            var key = SampleLoadBalancer.Key($"kept-{number:D5}");
            var document = LoadBalancerCollection.Kind.Write(SampleLoadBalancer.Full(key));
            connection.Execute(
                "insert into load_balancer (account_id, region, name, version, document) values (@Account, @Region, @Name, 3, @document)",
                new { Account = Account.ToString(), key.Region, key.Name, document });
        }

        using var keys = SecretKeyFile.Open(folder.Path, isNeeded: false);
        if (version >= 2)
        {
            var key = Sealed(keys, CertificateId, "the private key");
            connection.Execute(
                """
                insert into server_certificate (certificate_id, account_id, name, document, private_key)
                values (@Id, @Account, 'web', @Document, @key)
                """,
                new { Id = CertificateId, Account = Account.ToString(), Document = CertificateDocument, key });
        }

        if (version >= 3)
        {
            connection.Execute(
                """
                insert into access_key (access_key_id, account_id, user_name, status, create_date, secret)
                values ('AKIAGIVEN', @Account, null, 'Active', '2026-03-01T12:00:00Z', null),
                       ('AKIAMADE', @Account, null, 'Inactive', '2026-03-01T12:00:05Z', @Secret),
                       ('AKIADELETED', @Account, null, 'Deleted', '2026-03-01T12:00:00Z', null)
                """,
                new { Account = Account.ToString(), Secret = Sealed(keys, "AKIAMADE", "the secret") });
        }

        if (version >= 4)
        {
            connection.Execute("update history set changes = @changes", new { changes });
        }
    }

    private static byte[] Sealed(SecretKeyFile keys, string owner, string text) => keys.Seal(owner, text).Bytes.AsSpan().ToArray();
}
