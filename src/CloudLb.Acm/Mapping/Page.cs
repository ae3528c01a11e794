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

    /// <summary>Of ticks in <see cref="PlaceOf"/>.</summary>
    private const int TimeDigits = 20;

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
            items.Count > count ? Encode(items[count - 1].Place) : null);
    }

    /// <summary>In ordinal order of time, and of names where times are the same.</summary>
    private static string PlaceOf(ServerCertificate certificate) =>
        string.Create(CultureInfo.InvariantCulture, $"{certificate.CreatedAt().Ticks:d20}/{certificate.Name}");

    /// <summary>A token of another list has no time before a name.</summary>
    private static bool IsPlace(string text) =>
        text.IndexOf('/') == TimeDigits && !text.AsSpan(0, TimeDigits).ContainsAnyExceptInRange('0', '9');

    private static string Encode(string place) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(place));

    private static ServiceException Invalid() => Errors.ValidationException.Because("Invalid NextToken.");

    /// <exception cref="ServiceException">It was never given out.</exception>
    private static string Decode(string token)
    {
        try
        {
            var place = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token));
            return IsPlace(place) && Encode(place) == token ? place : throw Invalid();
        }
        catch (FormatException)
        {
            throw Invalid();
        }
    }
}
