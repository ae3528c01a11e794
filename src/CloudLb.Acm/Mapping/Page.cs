using System.Buffers.Text;
using System.Globalization;
using System.Text;
using CloudLb.Core;
using CloudLb.Core.Certificates;

namespace CloudLb.Acm.Mapping;

/// <summary>One page of a list, in the order in which the certificates were made.</summary>
/// <param name="Items">At most as many as were asked for.</param>
/// <param name="Token">Where the next page begins; null when this one is the last.</param>
internal sealed record Page(IReadOnlyList<ServerCertificate> Items, string? Token)
{
    private const int UsualSize = 1000;

    public static Page Of(IEnumerable<ServerCertificate> certificates, bool isDescending, string? token, int? size)
    {
        var last = token is null ? null : Decode(token);
        var order = StringComparer.Ordinal;
        var placed = certificates.Select(certificate => (Place: PlaceOf(certificate), Certificate: certificate));
        var following = isDescending
            ? placed.OrderByDescending(one => one.Place, order).Where(one => last is null || order.Compare(one.Place, last) < 0)
            : placed.OrderBy(one => one.Place, order).Where(one => last is null || order.Compare(one.Place, last) > 0);
        var count = size ?? UsualSize;
        var items = following.Take(count + 1).ToList();
        return new(
            [.. items.Take(count).Select(one => one.Certificate)],
            items.Count > count ? Base64Url.EncodeToString(Encoding.UTF8.GetBytes(items[count - 1].Place)) : null);
    }

    /// <summary>In ordinal order of time, and of names where times are the same.</summary>
    private static string PlaceOf(ServerCertificate certificate) =>
        string.Create(CultureInfo.InvariantCulture, $"{certificate.CreatedAt().Ticks:d20}/{certificate.Name}");

    private static string Decode(string token)
    {
        try
        {
            return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token));
        }
        catch (FormatException)
        {
            throw Errors.ValidationException.Because("Invalid NextToken.");
        }
    }
}
