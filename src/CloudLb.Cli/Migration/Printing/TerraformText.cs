using System.Text;
using System.Text.Json.Nodes;
using CloudLb.Cli.Migration.Reading;

namespace CloudLb.Cli.Migration.Printing;

/// <summary>
/// What there is as a configuration for Terraform's AWS provider. Import blocks stand before what the provider can import; what it can
/// neither import nor make a second time is commented out.
/// </summary>
internal sealed class TerraformText(bool isImport)
{
    private readonly StringBuilder _text = new();
    private readonly Labels _labels = new();
    private readonly Dictionary<string, string> _references = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _secrets = new(StringComparer.Ordinal);

    /// <summary>Whether it takes over what there is.</summary>
    public bool IsImport => isImport;

    public static string Of(Estate estate, bool isImport)
    {
        var text = new TerraformText(isImport);
        text._text.Append("# Made by cloudlb export.").Append(
            isImport ? " The import blocks take over what there is; they may go after the first apply.\n" : "\n");
        foreach (var loadBalancer in estate.Classic)
        {
            new ClassicTerraform(text, loadBalancer).Write();
        }

        new V2Terraform(text, estate).Write();
        return text._text.ToString();
    }

    /// <summary>A name for a resource that no other of this file has.</summary>
    public string Label(params string[] parts) => _labels.Of(parts);

    /// <summary>Has an ARN or a name stand as a reference from here on.</summary>
    public void Refer(string id, string expression) => _references[id] = expression;

    /// <summary>The expression for an ARN.</summary>
    public string Expression(string id) => _references.GetValueOrDefault(id) ?? HclBlock.Quoted(id);

    /// <summary>The variable for the secret of a client at its OpenID provider, which no API tells.</summary>
    public string ClientSecret(string client)
    {
        if (!_secrets.TryGetValue(client, out var variable))
        {
            variable = _labels.Of("client_secret", client);
            _secrets[client] = variable;
            _text.Append('\n').Append(new HclBlock($"variable \"{variable}\"").Raw("type", "string").Raw("sensitive", "true"));
        }

        return $"var.{variable}";
    }

    /// <param name="type">The provider's resource.</param>
    /// <param name="label">Its name in the file.</param>
    /// <param name="body">Its arguments.</param>
    /// <param name="importId">By what the provider imports it; null where it cannot.</param>
    /// <param name="canBeMadeAgain">Whether to make what is there already does no harm.</param>
    public void Resource(string type, string label, Action<HclBlock> body, string? importId, bool canBeMadeAgain = false)
    {
        var block = new HclBlock($"resource \"{type}\" \"{label}\"");
        body(block);
        if (isImport && importId is null && !canBeMadeAgain)
        {
            _text.Append("\n# It is there, and the provider can neither import it nor make it again:\n").Append(string.Concat(
                block.ToString().TrimEnd().Split('\n').Select(line => $"# {line}".TrimEnd() + "\n")));
            return;
        }

        if (isImport && importId is not null)
        {
            _text.Append('\n').Append(new HclBlock("import").Raw("to", $"{type}.{label}").Text("id", importId));
        }

        _text.Append('\n').Append(block);
    }

    public static string? Tags(IReadOnlyList<JsonObject> tags) => Map(
        tags.Select(tag => KeyValuePair.Create(Wire.Text(tag, "Key") ?? "", Wire.Text(tag, "Value") ?? ""))
            .Where(tag => !tag.Key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)));

    /// <summary>A map of texts; null for none.</summary>
    public static string? Map(IEnumerable<KeyValuePair<string, string>> pairs) =>
        string.Join(", ", pairs.Select(pair => $"{HclBlock.Quoted(pair.Key)} = {HclBlock.Quoted(pair.Value)}")) is { Length: > 0 } all
            ? $"{{ {all} }}" : null;
}
