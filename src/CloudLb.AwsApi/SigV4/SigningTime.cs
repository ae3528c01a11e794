using System.Globalization;

namespace CloudLb.AwsApi.SigV4;

/// <summary>
/// The time of a signature. Basic ISO 8601 in the string to sign and in messages; a header may also have the extended form, or RFC 7231's.
/// </summary>
internal static class SigningTime
{
    public const string BasicFormat = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>Characters of the basic form.</summary>
    public const int BasicLength = 16;

    private const int DayLength = 8;

    private static readonly string[] QueryFormats = [BasicFormat];
    private static readonly string[] HeaderFormats = [BasicFormat, "yyyy-MM-dd'T'HH:mm:ss'Z'", "r"];

    /// <exception cref="WireException">It is none of them.</exception>
    public static DateTimeOffset Parse(string text, bool isHeader)
    {
        if (TryParseBasic(text, out var usual))
        {
            return usual;
        }

        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParseExact(text, isHeader ? HeaderFormats : QueryFormats, CultureInfo.InvariantCulture, Utc, out var time)
            ? time
            : throw SigV4Errors.UnreadableDate(text);
    }

    /// <summary>Whether the digits are those of the time's day: <c>20150830</c>.</summary>
    public static bool IsDay(DateTimeOffset time, ReadOnlySpan<char> digits)
    {
        var (year, month, day) = time.UtcDateTime;
        return digits.Length == DayLength && TryRead(digits, out var read) && read == (year * 10_000) + (month * 100) + day;
    }

    /// <summary>The basic form in ASCII, a tenth of the time that a format's general case takes.</summary>
    /// <param name="digits">Takes its <see cref="BasicLength"/> bytes.</param>
    public static void Write(DateTimeOffset time, Span<byte> digits)
    {
        var (date, ofDay) = (time.UtcDateTime.Date, time.UtcDateTime.TimeOfDay);
        Write(date.Year, digits[..4]);
        Write(date.Month, digits[4..6]);
        Write(date.Day, digits[6..8]);
        digits[8] = (byte)'T';
        Write(ofDay.Hours, digits[9..11]);
        Write(ofDay.Minutes, digits[11..13]);
        Write(ofDay.Seconds, digits[13..15]);
        digits[15] = (byte)'Z';
    }

    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString(BasicFormat, CultureInfo.InvariantCulture);

    /// <summary>What nearly every request has, read without the general case's detours; false for whatever else there is.</summary>
    private static bool TryParseBasic(ReadOnlySpan<char> text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length != BasicLength || text[DayLength] != 'T' || text[^1] != 'Z'
            || !TryRead(text[..DayLength], out var day) || !TryRead(text[(DayLength + 1)..^1], out var ofDay))
        {
            return false;
        }

        var (year, month) = (day / 10_000, day / 100 % 100);
        var (hour, minute, second) = (ofDay / 10_000, ofDay / 100 % 100, ofDay % 100);
        if (year < 1 || month is < 1 or > 12 || day % 100 < 1 || day % 100 > DateTime.DaysInMonth(year, month)
            || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        time = new(year, month, day % 100, hour, minute, second, TimeSpan.Zero);
        return true;
    }

    /// <summary>Digits alone, eight at most: a number's own parser takes NULs behind them, too.</summary>
    private static bool TryRead(ReadOnlySpan<char> digits, out int value)
    {
        value = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit))
            {
                return false;
            }

            value = (value * 10) + (digit - '0');
        }

        return true;
    }

    private static void Write(int value, Span<byte> digits)
    {
        for (var place = digits.Length - 1; place >= 0; place--)
        {
            (value, var digit) = Math.DivRem(value, 10);
            digits[place] = (byte)('0' + digit);
        }
    }
}
