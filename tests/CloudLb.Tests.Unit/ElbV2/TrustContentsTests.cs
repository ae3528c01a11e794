using System.Security.Cryptography.X509Certificates;
using System.Text;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Domain;
using CloudLb.Tests.Unit.AwsApi;

namespace CloudLb.Tests.Unit.ElbV2;

/// <summary>What data planes are given of trust stores.</summary>
public sealed class TrustContentsTests
{
    private static readonly TestAuthority One = TestAuthority.Of("one"), Two = TestAuthority.Of("two");

    private readonly ManualClock _clock = new(DemoServer.Noon);
    private readonly Given _store = new();

    [Fact]
    public void What_was_planned_is_given_although_the_trust_store_has_another_content_by_now()
    {
        var contents = new TrustContents(_store, _clock);
        var arn = Arn.OfTrustStore(new("123456789012"), "us-east-1", "clients");
        var before = _store.Put(new TrustStore { Arn = arn, Authorities = One.Pem, AuthorityCount = 1 });
        var planned = contents.IdOf(_store.Current, before);

        var after = _store.Put(before with { Authorities = Two.Pem });

        Assert.NotEqual(planned, contents.IdOf(_store.Current, after));
        Assert.Equal(One.Pem, contents.Read(planned)!.Authorities);
        Assert.Equal(Two.Pem, new TrustContents(_store, _clock).Read(contents.IdOf(_store.Current, after))!.Authorities);
        Assert.Null(new TrustContents(_store, _clock).Read(planned));
        Assert.Null(contents.Read("trust"));
    }

    [Fact]
    public void All_lists_of_an_authority_are_one_that_has_no_end()
    {
        var (a, b, c) = (One.Issue("CN=a"), One.Issue("CN=b"), Two.Issue("CN=c"));
        var contents = new TrustContents(_store, _clock);
        var store = _store.Put(new TrustStore
        {
            Arn = Arn.OfTrustStore(new("123456789012"), "us-east-1", "clients"), Authorities = One.Pem, AuthorityCount = 1,
        });
        var none = contents.IdOf(_store.Current, store);
        Assert.Null(contents.Read(none)!.Revocations);
        _store.Put(Revocation(store, 1, One.ListOf(a)));
        _store.Put(Revocation(store, 2, One.ListOf(b) + Two.ListOf(c)));

        var id = contents.IdOf(_store.Current, store);
        var merged = RevocationFile.In(RevocationFile.Read(Encoding.ASCII.GetBytes(contents.Read(id)!.Revocations!)).Lists);

        Assert.NotEqual(none, id);
        Assert.Equal(
            new[] { (One.Certificate, Serials(a, b)), (Two.Certificate, Serials(c)) }
                .Select(each => (Convert.ToHexString(each.Certificate.SubjectName.RawData), each.Item2)),
            merged.Select(list => (
                Convert.ToHexString(list.Issuer.Span),
                string.Join(' ', list.Serials.Select(serial => Convert.ToHexString(serial.Span[2..])).Order()))));
    }

    private static string Serials(params X509Certificate2[] certificates) =>
        string.Join(' ', certificates.Select(certificate => Convert.ToHexString(certificate.SerialNumberBytes.Span)).Order());

    private static Revocation Revocation(TrustStore store, long id, string lists)
    {
        var file = RevocationFile.Read(Encoding.ASCII.GetBytes(lists));
        return new() { TrustStore = store.Arn, Id = id, Entries = file.Entries, Lists = file.Lists, ContentId = file.ContentId };
    }

    /// <summary>A store that has what the test puts there.</summary>
    private sealed class Given : IResourceStore
    {
        public Snapshot Current { get; private set; } =
            new ResourceKinds([TrustStoreCollection.Kind, RevocationCollection.Kind]).Collect([], 0);

        public TrustStore Put(TrustStore store)
        {
            Current = Current.With(TrustStoreCollection.Kind, store);
            return store;
        }

        public void Put(Revocation revocation) => Current = Current.With(RevocationCollection.Kind, revocation);

        public Task<T> ChangeAsync<T>(Func<Snapshot, (Snapshot Next, T Answer)> change, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<ResourceChanges<TKey, TValue>> ReadChangesAsync<TKey, TValue>(
            ResourceKind<TKey, TValue> kind, long since, CancellationToken cancellationToken)
            where TKey : class
            where TValue : class => throw new NotSupportedException();
    }
}
