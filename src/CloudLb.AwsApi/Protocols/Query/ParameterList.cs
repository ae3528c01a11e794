using System.Globalization;
using System.Text;

namespace CloudLb.AwsApi.Protocols.Query;

/// <summary>A list among the parameters: <c>Name.member.1=a&amp;Name.member.2=b</c>, or <c>Name=</c> for one without members.</summary>
internal static class ParameterList
{
    /// <summary>The members in the order of their numbers; gaps are allowed.</summary>
    /// <exception cref="WireException">It is not a list.</exception>
    public static ParameterNode[] ItemsOf(ParameterNode list, string item = "member")
    {
        if (list.Value is { Length: > 0 })
        {
            throw MalformedInput.ScalarForList();
        }

        if (list.Children.IsEmpty)
        {
            return [];
        }

        if (list.Children.Length > 1 || list.Find(item) is not { } member)
        {
            throw MalformedInput.StructureNotExpected();
        }

        return FlatItemsOf(member);
    }

    /// <summary>EC2's form, without the word <c>member</c>: <c>Name.1=a&amp;Name.2=b</c>.</summary>
    /// <exception cref="WireException">It is not a list.</exception>
    public static ParameterNode[] FlatItemsOf(ParameterNode member)
    {
        if (member.Value is { Length: > 0 })
        {
            throw MalformedInput.ScalarForList();
        }

        var numbers = new int[member.Children.Length];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (!int.TryParse(member.Children[i].Name, NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]))
            {
                throw MalformedInput.StructureNotExpected();
            }
        }

        var items = member.Children.ToArray();
        Array.Sort(numbers, items);
        return items;
    }

    /// <summary>As the value of a list stands in AWS's messages: <c>[a, b]</c>. For structures AWS's form is not known.</summary>
    public static string ToText(ReadOnlySpan<ParameterNode> items)
    {
        var text = new StringBuilder("[");
        foreach (var item in items)
        {
            text.Append(text.Length > 1 ? ", " : "");
            AppendTo(text, item);
        }

        return text.Append(']').ToString();
    }

    private static void AppendTo(StringBuilder text, ParameterNode node)
    {
        if (node.Children.IsEmpty)
        {
            text.Append(node.Value);
            return;
        }

        // Recursion ends at ParameterNode.MaxDepth.
        var separator = "{";
        foreach (var child in node.Children)
        {
            text.Append(separator).Append(child.Name).Append('=');
            AppendTo(text, child);
            separator = ", ";
        }

        text.Append('}');
    }
}
