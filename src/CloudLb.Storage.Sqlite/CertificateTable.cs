using System.Text.Json;
using System.Text.Json.Serialization;
using CloudLb.Core.Certificates;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CloudLb.Storage.Sqlite;

/// <summary>The rows of the server certificates. Used by one thread at a time.</summary>
internal sealed class CertificateTable(SqliteConnection connection, ChangeCounter counter)
{
    private const string SelectAll = """
        select certificate_id as CertificateId, document as Document, private_key as PrivateKey
        from   server_certificate
        """;

    private const string Upsert = """
        insert into server_certificate (certificate_id, account_id, name, document, private_key)
        values (@CertificateId, @AccountId, @Name, @Document, @PrivateKey)
        on conflict (certificate_id) do update
        set name = excluded.name, document = excluded.document
        """;

    private const string Delete = """
        delete from server_certificate
        where certificate_id = @CertificateId
        """;

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <exception cref="JsonException">A row holds what this version cannot read.</exception>
    public IReadOnlyList<(ServerCertificate Certificate, byte[] SealedKey)> ReadAll() =>
        [.. connection.Query<Row>(SelectAll).Select(row => (Read(row), row.PrivateKey))];

    /// <summary>On return it is on the disk.</summary>
    public void Write(ServerCertificate certificate, byte[] sealedKey) => counter.Write(() => connection.Execute(
        Upsert,
        new
        {
            CertificateId = certificate.Id,
            AccountId = certificate.Account.ToString(),
            certificate.Name,
            Document = JsonSerializer.Serialize(certificate, Options),
            PrivateKey = sealedKey,
        }));

    public void Remove(string certificateId) =>
        counter.Write(() => connection.Execute(Delete, new { CertificateId = certificateId }));

    private static ServerCertificate Read(Row row)
    {
        try
        {
            return JsonSerializer.Deserialize<ServerCertificate>(row.Document, Options) is { } certificate && certificate.Id == row.CertificateId
                ? certificate
                : throw new JsonException("It is of another certificate.");
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or FormatException)
        {
            throw new JsonException($"The document of the certificate {row.CertificateId} cannot be read: {exception.Message}", exception);
        }
    }

    private sealed record Row(string CertificateId, string Document, byte[] PrivateKey);
}
