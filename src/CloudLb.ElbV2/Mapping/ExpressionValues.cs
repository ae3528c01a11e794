using CloudLb.AwsApi;
using CloudLb.Core;
using CloudLb.Core.Expressions;
using CloudLb.ElbV2.Domain;

namespace CloudLb.ElbV2.Mapping;

/// <summary>Regular expressions as the API takes them. AWS's words for wrong ones are not known; these say what is wrong.</summary>
internal static class ExpressionValues
{
    private const int LongestValue = 128, LongestTransform = 1024;

    /// <summary>Those of a condition, and how often they look at each letter.</summary>
    public static (EquatableArray<string> Values, int Looks) Checked(IReadOnlyList<string> values, string field, bool ignoresCase)
    {
        var looks = 0;
        foreach (var value in values)
        {
            if (value.Length > LongestValue)
            {
                throw Invalid($"Condition value for '{field}' cannot contain more than {LongestValue} characters");
            }

            looks += Read(value, () => LinearExpression.OfCondition(value, ignoresCase)).Looks;
        }

        return (values.ToEquatableArray(), looks);
    }

    /// <summary>What a transform looks for, and what takes its place.</summary>
    public static void Check(string regex, string replace, bool isOfHost)
    {
        if (regex.Length > LongestTransform || replace.Length > LongestTransform)
        {
            throw Invalid($"'Regex' and 'Replace' of a transform cannot contain more than {LongestTransform} characters");
        }

        var groups = Read(regex, () => LinearExpression.OfRewrite(regex, ignoresCase: isOfHost)).Groups;
        for (var index = 0; index < replace.Length; index++)
        {
            var letter = replace[index];
            if (letter == '$' && index + 1 < replace.Length && (char.IsAsciiDigit(replace[index + 1]) || replace[index + 1] == '{'))
            {
                CheckGroup(replace, index + 1, groups);
                index++;
            }
            else if (isOfHost ? !char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '.' or '_' or ':') : letter is <= ' ' or > '~')
            {
                throw Invalid($"The replacement '{ResourceNames.Cut(replace)}' contains a character that is not valid");
            }
        }
    }

    private static void CheckGroup(string replace, int at, int groups)
    {
        var isTwo = at + 1 < replace.Length && char.IsAsciiDigit(replace[at + 1]) && groups > 9;
        if (replace[at] == '{' || isTwo || replace[at] - '0' > groups)
        {
            throw Invalid(
                $"The replacement '{ResourceNames.Cut(replace)}' refers to a group other than $1 to ${Math.Clamp(groups, 1, 9)}");
        }
    }

    private static LinearExpression Read(string text, Func<LinearExpression> read)
    {
        try
        {
            return text.Length > 0 ? read() : throw new ExpressionException("is empty");
        }
        catch (ExpressionException exception)
        {
            throw Invalid($"The regular expression '{ResourceNames.Cut(text)}' {exception.Message}");
        }
    }

    private static ServiceException Invalid(string message) => CommonErrors.ValidationError.Because(message);
}
