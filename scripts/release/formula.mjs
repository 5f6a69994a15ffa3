// The Homebrew formula of one release: the package that is on npm, from the release's own files.

/** @param sha256 of the package at that address. @returns Ruby. @throws Error for what would not be a plain word in it. */
export function formulaOf({ repository, url, sha256 }) {
  const plain = { repository, url, sha256 };
  for (const [name, value] of Object.entries(plain)) {
    if (!/^[\w.:/+-]+$/u.test(value)) throw new Error(`${name} is not plain text: ${JSON.stringify(value)}`);
  }
  if (!/^[0-9a-f]{64}$/u.test(sha256)) throw new Error(`not a SHA-256: ${sha256}`);
  return `class Rootctl < Formula
  desc "Find and remove AWS root-user credentials across an organization"
  homepage "https://github.com/${repository}"
  url "${url}"
  sha256 "${sha256}"
  license "Apache-2.0"

  depends_on "node"

  def install
    system "npm", "install", *std_npm_args
    bin.install_symlink libexec/"bin/rootctl"
    man1.install_symlink libexec/"share/man/man1/rootctl.1.gz"
    generate_completions_from_executable(bin/"rootctl", "completion", shells: [:bash, :zsh, :fish])
  end

  test do
    ENV["XDG_STATE_HOME"] = testpath
    assert_match version.to_s, shell_output("#{bin}/rootctl --version")
    assert_match "Enabled", shell_output("#{bin}/rootctl enable --sandbox")
    assert_match "payments-prod", shell_output("#{bin}/rootctl status --sandbox", 1)
  end
end
`;
}
