using System.Globalization;

namespace CloudLb.AwsApi.Shapes;

/// <content>What the model asks of single values. An answer is held against none of it.</content>
public sealed partial class ShapeReader
{
    private void CheckEach<T>(string name, IReadOnlyList<T> values, Element<T> element, string what, WireValue list, in ListForm form)
    {
        if (_violations is null)
        {
            return;
        }

        for (var i = 0; i < values.Count; i++)
        {
            if (!element.Satisfies(values[i]))
            {
                _violations.Add(list.Told(form), PathOf(name), $"{what} must satisfy constraint: [{element.Constraint}]");
                return;
            }
        }
    }

    private void CheckLength(string name, int length, int? min, int? max, string value)
    {
        if (length > max)
        {
            _violations?.Add(value, PathOf(name), $"Member must have length less than or equal to {max}");
        }

        if (length < min)
        {
            _violations?.Add(value, PathOf(name), $"Member must have length greater than or equal to {min}");
        }
    }

    private void CheckRange<T>(string name, T value, T? min, T? max)
        where T : struct, IComparable<T>, IFormattable
    {
        if (max is { } most && value.CompareTo(most) > 0)
        {
            _violations?.Add(
                value.ToString(null, CultureInfo.InvariantCulture), PathOf(name),
                string.Create(CultureInfo.InvariantCulture, $"Member must have value less than or equal to {most}"));
        }

        if (min is { } least && value.CompareTo(least) < 0)
        {
            _violations?.Add(
                value.ToString(null, CultureInfo.InvariantCulture), PathOf(name),
                string.Create(CultureInfo.InvariantCulture, $"Member must have value greater than or equal to {least}"));
        }
    }
}
